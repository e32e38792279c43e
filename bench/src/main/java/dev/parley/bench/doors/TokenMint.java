package dev.parley.bench.doors;

import dev.parley.identity.v1.GetJwksRequest;
import dev.parley.identity.v1.GetJwksResponse;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.Jwk;
import dev.parley.kit.access.CachedTokens;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jose.Revocations;
import dev.parley.kit.jose.SignedTokens;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Grant;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.identity.SigningKeyStore;
import dev.parley.orchestrator.jose.SigningKeys;
import dev.parley.orchestrator.jose.TokenSigner;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real access tokens, their real check, and the keys as the proxy fetches them. Thread-safe. */
final class TokenMint extends IdentityServiceGrpc.IdentityServiceImplBase {
  private static final Duration TRUST = Duration.ofSeconds(3);
  private final InstantSource clock = InstantSource.system();
  private final SigningKeys keys =
      new SigningKeys(new Kept(), new Seal(new byte[Seal.KEY_BYTES]), Duration.ofDays(30), clock);

  /** One that is good for two hours. */
  String token() {
    var grant =
        new Grant(
            CredentialKind.SIGN_IN,
            Ids.next(),
            Ids.next(),
            Role.MEMBER,
            Optional.empty(),
            Set.of(),
            Ids.next(),
            0,
            Duration.ofHours(2));
    return new TokenSigner(keys, clock).sign(grant).token();
  }

  /** The check as the product's doors make it. */
  Tokens check() {
    var verifier = new TokenVerifier(keys, Revocations.NONE, clock);
    return new CachedTokens(new SignedTokens(verifier), TRUST, clock);
  }

  @Override
  public void getJwks(GetJwksRequest asked, StreamObserver<GetJwksResponse> to) {
    var answer = GetJwksResponse.newBuilder();
    for (var key : keys.shown()) {
      answer.addKeys(
          Jwk.newBuilder()
              .setKty("OKP")
              .setCrv("Ed25519")
              .setX(key.publicKey())
              .setKid(key.id())
              .setAlg("EdDSA")
              .setUse("sig"));
    }
    to.onNext(answer.build());
    to.onCompleted();
  }

  private static final class Kept implements SigningKeyStore {
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>();

    @Override
    public List<SigningKey> all() {
      return keys;
    }

    @Override
    public List<SigningKey> add(SigningKey key, Instant unlessSince) {
      keys.addFirst(key);
      return keys;
    }

    @Override
    public void forgetBefore(Instant time) {}
  }
}
