package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.Invitation;
import dev.parley.identity.v1.Jwk;
import dev.parley.identity.v1.Member;
import dev.parley.identity.v1.Organisation;
import dev.parley.identity.v1.Person;
import dev.parley.identity.v1.Plan;
import dev.parley.identity.v1.SignedIn;
import dev.parley.identity.v1.Tokens;
import dev.parley.orchestrator.identity.SignIn;
import dev.parley.orchestrator.identity.SigningKeyStore.SigningKey;
import dev.parley.type.v1.Role;
import java.util.function.Function;

/** Identity as the contract writes it. */
public final class IdentityMessages {
  private final Function<String, Plan> plans;

  /** With the limits of plans by their ids. */
  public IdentityMessages(Function<String, Plan> plans) {
    this.plans = plans;
  }

  Tokens message(dev.parley.orchestrator.identity.Tokens it) {
    return Tokens.newBuilder()
        .setAccessToken(it.accessToken())
        .setAccessExpireTime(Times.timestamp(it.accessExpireTime()))
        .setRefreshToken(it.refreshToken())
        .setRefreshExpireTime(Times.timestamp(it.refreshExpireTime()))
        .setPerson(message(it.person()))
        .setOrganisation(message(it.organisation()))
        .setRole(message(it.role()))
        .build();
  }

  Organisation message(dev.parley.orchestrator.identity.Organisation it) {
    return Organisation.newBuilder()
        .setId(it.id())
        .setDisplayName(it.displayName())
        .setPlan(plans.apply(it.planId()))
        .setMaskTranscripts(it.maskTranscripts())
        .setCreateTime(Times.timestamp(it.createTime()))
        .build();
  }

  /** A person as the contract writes it. */
  public static Person message(dev.parley.orchestrator.identity.Person it) {
    return Person.newBuilder()
        .setId(it.id())
        .setEmail(it.email())
        .setDisplayName(it.displayName())
        .setEmailVerified(it.emailVerified())
        .setLanguage(it.language())
        .setCreateTime(Times.timestamp(it.createTime()))
        .build();
  }

  static Member message(dev.parley.orchestrator.identity.Member it) {
    return Member.newBuilder()
        .setPerson(message(it.person()))
        .setRole(message(it.role()))
        .setJoinTime(Times.timestamp(it.joinTime()))
        .build();
  }

  static Invitation message(dev.parley.orchestrator.identity.Invitation it) {
    return Invitation.newBuilder()
        .setId(it.id())
        .setEmail(it.email())
        .setRole(message(it.role()))
        .setExpireTime(Times.timestamp(it.expireTime()))
        .setCreateTime(Times.timestamp(it.createTime()))
        .build();
  }

  static SignedIn message(SignIn it, String currentId) {
    return SignedIn.newBuilder()
        .setId(it.id())
        .setUserAgent(it.userAgent())
        .setUseTime(Times.timestamp(it.useTime()))
        .setCreateTime(Times.timestamp(it.createTime()))
        .setCurrent(it.id().equals(currentId))
        .build();
  }

  static Jwk message(SigningKey it) {
    return Jwk.newBuilder()
        .setKty("OKP")
        .setCrv("Ed25519")
        .setX(it.publicKey())
        .setKid(it.id())
        .setAlg("EdDSA")
        .setUse("sig")
        .build();
  }

  static Role message(dev.parley.orchestrator.identity.Role it) {
    return Role.forNumber(it.number());
  }

  /** A role that the contract's rules let through. */
  static dev.parley.orchestrator.identity.Role role(Role it) {
    return dev.parley.orchestrator.identity.Role.of(it.getNumber()).orElseThrow();
  }
}
