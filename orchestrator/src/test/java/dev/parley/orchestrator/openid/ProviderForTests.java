package dev.parley.orchestrator.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A small OpenID Connect provider on this machine, which holds clients to the protocol. */
final class ProviderForTests implements AutoCloseable {
  static final String CLIENT = "parley & co";
  static final String SECRET = "s:e/c?r%e t";

  private record Given(String nonce, String challenge, String redirectUri) {}

  private final HttpServer server;
  private final Map<String, Given> codes = new HashMap<>();
  private ECKey key;
  UnaryOperator<JWTClaimsSet.Builder> claims = it -> it;
  UnaryOperator<Map<String, Object>> metadata = it -> it;
  ECKey signsWith;
  Map<String, Object> person = Map.of();

  ProviderForTests() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
    signsWith = key;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/openid-configuration", it -> answer(it, 200, metadata.apply(offered())));
    server.createContext(
        "/keys", it -> answer(it, 200, new JWKSet(key.toPublicJWK()).toJSONObject()));
    server.createContext("/token", this::token);
    server.createContext("/me", it -> answer(it, 200, person));
    server.start();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What a browser would do that is sent there; gives the code. */
  String authorise(URI uri) {
    Map<String, String> query = form(uri.getRawQuery());
    if (!query.get("response_type").equals("code")
        || !query.get("client_id").equals(CLIENT)
        || !query.get("code_challenge_method").equals("S256")
        || !List.of(query.get("scope").split(" ")).contains("openid")) {
      throw new IllegalArgumentException(query.toString());
    }
    String code = "code-" + codes.size();
    codes.put(
        code,
        new Given(query.get("nonce"), query.get("code_challenge"), query.get("redirect_uri")));
    return code;
  }

  void rotate() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
    signsWith = key;
  }

  private Map<String, Object> offered() {
    Map<String, Object> offered = new HashMap<>();
    offered.put("issuer", issuer());
    offered.put("authorization_endpoint", issuer() + "/authorise?theme=dark");
    offered.put("token_endpoint", issuer() + "/token");
    offered.put("jwks_uri", issuer() + "/keys");
    return offered;
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Given given = codes.remove(form.get("code"));
    if (given == null || !isClient(exchange, form) || !fits(given, form)) {
      answer(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    try {
      answer(exchange, 200, Map.of("id_token", idToken(given), "access_token", "for-me"));
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  private static boolean isClient(HttpExchange exchange, Map<String, String> form) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
    }
    String both =
        new String(
            Base64.getDecoder().decode(header.replaceFirst("Basic ", "")), StandardCharsets.UTF_8);
    String[] parts = both.split(":");
    return decode(parts[0]).equals(CLIENT) && decode(parts[1]).equals(SECRET);
  }

  private static boolean fits(Given given, Map<String, String> form) {
    return given.challenge().equals(challenge(form.get("code_verifier")))
        && given.redirectUri().equals(form.get("redirect_uri"))
        && "authorization_code".equals(form.get("grant_type"));
  }

  private static String challenge(String verifier) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String idToken(Given given) throws JOSEException {
    Instant now = Instant.now();
    var builder =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .subject("subject-1")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .claim("nonce", given.nonce())
            .claim("email", "noor@example.org")
            .claim("email_verified", true)
            .claim("name", "Noor");
    var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
    var jwt = new SignedJWT(header, claims.apply(builder).build());
    jwt.sign(new ECDSASigner(signsWith));
    return jwt.serialize();
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&")) {
      String[] parts = pair.split("=", 2);
      form.put(decode(parts[0]), decode(parts[1]));
    }
    return form;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> json)
      throws IOException {
    byte[] body = JSONObjectUtils.toJSONString(json).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
