package dev.parley.orchestrator.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Set;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0, 3.1.3.7): signed by a public key of the issuer, for
 * us, for this attempt, and not expired.
 */
final class IdToken {
  private static final Set<JWSAlgorithm> TAKEN =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final String issuer;
  private final String clientId;

  IdToken(String issuer, String clientId) {
    this.issuer = issuer;
    this.clientId = clientId;
  }

  /** Its claims; fails where anything of it is wrong. */
  JWTClaimsSet verify(String token, JWKSet keys, String nonce)
      throws ParseException, BadJOSEException, JOSEException {
    var processor = new DefaultJWTProcessor<SecurityContext>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(TAKEN, new ImmutableJWKSet<>(keys)));
    var expected = new JWTClaimsSet.Builder().issuer(issuer).claim("nonce", nonce).build();
    processor.setJWTClaimsSetVerifier(
        new DefaultJWTClaimsVerifier<>(clientId, expected, Set.of("sub", "exp", "iat")));
    JWTClaimsSet claims = processor.process(token, null);
    String party = claims.getStringClaim("azp");
    boolean several = claims.getAudience().size() > 1;
    if (several && party == null || party != null && !party.equals(clientId)) {
      throw new BadJOSEException("it was given to another party");
    }
    return claims;
  }
}
