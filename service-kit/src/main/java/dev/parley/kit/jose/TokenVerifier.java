package dev.parley.kit.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kit.failure.Failure;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Verifies access tokens: JWT (RFC 7519, RFC 9068) signed with Ed25519 (RFC 8037). One algorithm,
 * one issuer and one audience are taken; nothing in a token chooses how it is verified but the name
 * of the key. Safe for threads.
 */
public final class TokenVerifier {
  /** Who gives tokens out, and for whom. */
  public static final String PARLEY = "parley";

  /** The type in the header, so that no other kind of JWT is taken for one. */
  public static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

  /** More characters than that are no token of ours. */
  public static final int MAX_LENGTH = 8192;

  /**
   * RFC 7515, section 2; the library takes other alphabets too, and passes over what is in none.
   */
  private static final Pattern FORM = Pattern.compile("[\\w-]*\\.[\\w-]*\\.[\\w-]*");

  private static final Duration SKEW = Duration.ofSeconds(30);

  private final VerificationKeys keys;
  private final Revocations revocations;
  private final InstantSource clock;

  /** Verifies against these keys at that time. */
  public TokenVerifier(VerificationKeys keys, Revocations revocations, InstantSource clock) {
    this.keys = keys;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * What a token says, when it is genuine, in time and not revoked.
   *
   * @throws Failure UNAUTHENTICATED, TOKEN_INVALID with why, and never with the token
   */
  public AccessToken verify(String token) {
    AccessToken verified = genuine(token);
    if (revocations.isRevoked(verified)) {
      throw refused("it was revoked");
    }
    return verified;
  }

  private AccessToken genuine(String token) {
    if (token.length() > MAX_LENGTH) {
      throw refused("it is longer than " + MAX_LENGTH + " characters");
    }
    if (!FORM.matcher(token).matches()) {
      throw refused("it is not three parts in base64url");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!jwt.verify(new Ed25519Verifier(key(jwt.getHeader())))) {
        throw refused("its signature does not fit");
      }
      return read(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException | ClassCastException e) {
      throw refused("it cannot be read");
    }
  }

  private PublicKey key(JWSHeader header) {
    if (!JWSAlgorithm.EdDSA.equals(header.getAlgorithm())) {
      throw refused("its algorithm is another (expected EdDSA)");
    }
    if (!TYPE.equals(header.getType())) {
      throw refused("its type is another (expected " + TYPE + ")");
    }
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      throw refused("it wants what is not known");
    }
    return Optional.ofNullable(header.getKeyID())
        .flatMap(keys::find)
        .orElseThrow(() -> refused("its key is not known"));
  }

  private AccessToken read(JWTClaimsSet claims) throws ParseException {
    if (!PARLEY.equals(claims.getIssuer())) {
      throw refused("its issuer is another (expected " + PARLEY + ")");
    }
    if (!claims.getAudience().equals(List.of(PARLEY))) {
      throw refused("its audience is another (expected " + PARLEY + ")");
    }
    Instant issued = needed(claims.getIssueTime()).toInstant();
    Instant expires = needed(claims.getExpirationTime()).toInstant();
    Instant now = clock.instant();
    if (!now.isBefore(expires)) {
      throw refused("it expired");
    }
    if (issued.isAfter(now.plus(SKEW))) {
      throw refused("it is of the future");
    }
    return new AccessToken(
        AccessToken.Kind.valueOf(needed(claims.getStringClaim("kind"))),
        needed(claims.getSubject()),
        needed(claims.getStringClaim("org")),
        needed(claims.getIntegerClaim("role")),
        permissions(claims),
        Set.copyOf(Optional.ofNullable(claims.getStringListClaim("characters")).orElse(List.of())),
        needed(claims.getStringClaim("sid")),
        needed(claims.getLongClaim("gen")),
        issued,
        expires);
  }

  private static Optional<Set<Integer>> permissions(JWTClaimsSet claims) throws ParseException {
    return Optional.ofNullable(claims.getListClaim("perms"))
        .map(them ->
            them.stream()
                .map(it -> Math.toIntExact(((Number) it).longValue()))
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static <T> T needed(T claim) {
    if (claim == null) {
      throw refused("a claim is missing");
    }
    return claim;
  }

  private static Failure refused(String why) {
    return Failure.of(
        Failure.Code.UNAUTHENTICATED, "TOKEN_INVALID", "the access token is not good: " + why);
  }
}
