package dev.parley.orchestrator.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.identity.AccessTokens;
import dev.parley.orchestrator.identity.Grant;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** Signs access tokens as {@link TokenVerifier} reads them. */
public final class TokenSigner implements AccessTokens {
  private final SigningKeys keys;
  private final InstantSource clock;

  /** With these keys. */
  public TokenSigner(SigningKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Override
  public Signed sign(Grant grant) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = now.plus(grant.lifetime());
    SigningKeys.Current key = keys.current();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.EdDSA).type(TokenVerifier.TYPE).keyID(key.id()).build();
    var jwt = new SignedJWT(header, claims(grant, now, end));
    try {
      jwt.sign(new Ed25519Signer(key.key()));
    } catch (JOSEException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
    return new Signed(jwt.serialize(), end);
  }

  private static JWTClaimsSet claims(Grant grant, Instant now, Instant end) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(TokenVerifier.PARLEY)
            .audience(TokenVerifier.PARLEY)
            .subject(grant.subject())
            .jwtID(Ids.next())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(end))
            .claim("kind", grant.kind().name())
            .claim("org", grant.organisationId())
            .claim("role", grant.role().number())
            .claim("sid", grant.credentialId())
            .claim("gen", grant.generation());
    grant.permissions().ifPresent(them -> claims.claim("perms", List.copyOf(them)));
    if (!grant.characterIds().isEmpty()) {
      claims.claim("characters", List.copyOf(grant.characterIds()));
    }
    return claims.build();
  }
}
