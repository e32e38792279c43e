package dev.parley.orchestrator.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.OpenIdProvider;
import dev.parley.orchestrator.identity.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A provider over HTTP: what it offers is found by discovery (OpenID Connect Discovery 1.0) and
 * kept for an hour; its keys are fetched for each sign-in, so that they may change at any time.
 */
public final class ConnectedProvider implements OpenIdProvider {
  private static final Duration FRESH = Duration.ofHours(1);

  private record Found(Map<String, Object> metadata, Instant time) {}

  private final ProviderSettings settings;
  private final InstantSource clock;
  private final Web web = new Web();
  private volatile Found found = new Found(Map.of(), Instant.EPOCH);

  /** That provider. */
  public ConnectedProvider(ProviderSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public String displayName() {
    return settings.displayName();
  }

  @Override
  public String authorisationUri(Attempt attempt) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", attempt.redirectUri());
    query.put("scope", "openid email profile");
    query.put("state", attempt.state());
    query.put("nonce", attempt.nonce());
    query.put("code_challenge", url(Secret.sha256(attempt.verifier())));
    query.put("code_challenge_method", "S256");
    String base = endpoint("authorization_endpoint").toString();
    return base + (base.contains("?") ? "&" : "?") + Web.encode(query);
  }

  @Override
  public Vouched redeem(Attempt attempt, String code) {
    Map<String, Object> tokens = tokens(attempt, code);
    try {
      String token = JSONObjectUtils.getString(tokens, "id_token");
      JWKSet keys = JWKSet.parse(web.get(endpoint("jwks_uri")));
      JWTClaimsSet claims =
          new IdToken(issuer(), settings.clientId())
              .verify(token == null ? "" : token, keys, attempt.nonce());
      return vouched(claims, JSONObjectUtils.getString(tokens, "access_token"));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw failed("the provider's proof is not good: " + e.getMessage());
    }
  }

  private Map<String, Object> tokens(Attempt attempt, String code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", attempt.redirectUri());
    form.put("code_verifier", attempt.verifier());
    String[] headers = {};
    if (settings.clientSecret().isPresent() && takesBasic()) {
      headers = new String[] {"Authorization", basic()};
    } else {
      form.put("client_id", settings.clientId());
      settings.clientSecret().ifPresent(it -> form.put("client_secret", it));
    }
    Web.Answer answer = web.post(endpoint("token_endpoint"), form, headers);
    if (answer.status() != 200) {
      throw failed("the provider refused the code");
    }
    return answer.json();
  }

  private Vouched vouched(JWTClaimsSet claims, String accessToken) throws ParseException {
    Map<String, Object> person = claims.getClaims();
    if (claims.getClaim("email") == null
        && accessToken != null
        && metadata().get("userinfo_endpoint") != null) {
      person = web.get(endpoint("userinfo_endpoint"), "Authorization", "Bearer " + accessToken);
      if (!claims.getSubject().equals(person.get("sub"))) {
        throw failed("the provider speaks of somebody else");
      }
    }
    return new Vouched(
        claims.getSubject(),
        text(person, "email"),
        "true".equals(String.valueOf(person.get("email_verified"))),
        text(person, "name"));
  }

  private static String text(Map<String, Object> from, String name) {
    return from.get(name) instanceof String text ? text : "";
  }

  /** RFC 6749, 2.3.1: both parts are encoded as in a form first. */
  private String basic() {
    String both =
        Web.encode(settings.clientId()) + ":" + Web.encode(settings.clientSecret().orElse(""));
    byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private boolean takesBasic() {
    Object ways = metadata().get("token_endpoint_auth_methods_supported");
    return !(ways instanceof List<?> list) || list.contains("client_secret_basic");
  }

  private URI endpoint(String name) {
    try {
      return URI.create(text(metadata(), name));
    } catch (IllegalArgumentException e) {
      throw failed("the provider's " + name + " is no address");
    }
  }

  private String issuer() {
    return settings.issuer().toString();
  }

  private Map<String, Object> metadata() {
    Found kept = found;
    Instant now = clock.instant();
    if (kept.time().plus(FRESH).isBefore(now)) {
      String base = issuer().replaceFirst("/$", "");
      var metadata = web.get(URI.create(base + "/.well-known/openid-configuration"));
      if (!issuer().equals(metadata.get("issuer"))) {
        throw failed("the provider calls itself otherwise (expected " + issuer() + ")");
      }
      kept = new Found(metadata, now);
      found = kept;
    }
    return kept.metadata();
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Failure failed(String why) {
    return Failure.of(Failure.Code.UNAUTHENTICATED, "SIGN_IN_FAILED", why);
  }
}
