package dev.parley.orchestrator.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.jose.AccessToken;
import dev.parley.kit.jose.KeySet;
import dev.parley.kit.jose.Revocations;
import dev.parley.kit.jose.TokenVerifier;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Grant;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.identity.SigningKeyStore.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Tokens as they are signed and verified, and everything that is nearly one. */
class TokensTest {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final Seal seal = new Seal(new byte[Seal.KEY_BYTES]);
  private final KeptKeys store = new KeptKeys();
  private final SigningKeys keys = keys(store);
  private final TokenSigner signer = new TokenSigner(keys, () -> now);
  private final TokenVerifier verifier = new TokenVerifier(keys, Revocations.NONE, () -> now);

  @Test
  void whatIsSignedIsRead() {
    AccessToken read = verifier.verify(signer.sign(GRANT).token());
    assertThat(read)
        .isEqualTo(
            new AccessToken(
                AccessToken.Kind.WIDGET_KEY,
                "person-1",
                "org-1",
                30,
                Optional.of(Set.of(10, 11)),
                Set.of("ada"),
                "key-1",
                7,
                now,
                now.plusSeconds(600)));
  }

  @Test
  void aTokenEndsWhenItSays() {
    String token = signer.sign(GRANT).token();
    now = now.plusSeconds(599);
    verifier.verify(token);
    now = now.plusSeconds(1);
    refuses(token, "it expired");
  }

  @Test
  void aTokenOfTheFutureIsRefused() {
    String token = signer.sign(GRANT).token();
    now = now.minusSeconds(31);
    refuses(token, "of the future");
  }

  @Test
  void aRevokedTokenIsRefused() {
    var strict = new TokenVerifier(keys, it -> it.generation() < 8, () -> now);
    String token = signer.sign(GRANT).token();
    assertThatThrownBy(() -> strict.verify(token)).hasMessageContaining("it was revoked");
  }

  @Test
  void noOtherAlgorithmIsTaken() throws Exception {
    String[] parts = signer.sign(GRANT).token().split("\\.");
    String kid = keys.current().id();
    refuses(head("none", kid) + "." + parts[1] + ".", "cannot be read");
    refuses(head("none", kid) + "." + parts[1] + "." + parts[2], "cannot be read");
    refuses(head("ES256", kid) + "." + parts[1] + "." + parts[2], "algorithm");
    // The public key taken for a shared secret, as libraries once did.
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] publicKey = Base64.getUrlDecoder().decode(store.all().getFirst().publicKey());
    mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
    String signed = head("HS256", kid) + "." + parts[1];
    byte[] tag = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
    refuses(signed + "." + url(tag), "algorithm");
  }

  @Test
  void nothingInTheHeadBringsAKey() {
    String[] parts = signer.sign(GRANT).token().split("\\.");
    String good = keys.current().id();
    for (String head :
        new String[] {
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\"}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"\"}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"../../etc/passwd\"}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"' or 1=1 --\"}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":[\"" + good + "\"]}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"x\",\"jwk\":{\"kty\":\"OKP\",\"crv\":"
              + "\"Ed25519\",\"x\":\""
              + store.all().getFirst().publicKey()
              + "\"}}",
          "{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"" + good + "\",\"crit\":[\"exp\"]}",
          "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + good + "\"}",
          "{\"alg\":\"EdDSA\",\"kid\":\"" + good + "\"}",
        }) {
      refuses(url(head.getBytes(StandardCharsets.UTF_8)) + "." + parts[1] + "." + parts[2], "");
    }
  }

  @Test
  void anotherInstallationsTokenIsRefusedThoughItNamesOurKey() {
    KeptKeys others = new KeptKeys();
    SigningKeys foreign = keys(others);
    String token = new TokenSigner(foreign, () -> now).sign(GRANT).token();
    refuses(token, "its key is not known");
    String[] parts = token.split("\\.");
    refuses(head("EdDSA", keys.current().id()) + "." + parts[1] + "." + parts[2], "signature");
  }

  @Test
  void aTokenForSomebodyElseIsRefused() throws Exception {
    for (String claims :
        new String[] {
          "{\"iss\":\"other\",\"aud\":\"parley\"}",
          "{\"iss\":\"parley\",\"aud\":\"other\"}",
          "{\"iss\":\"parley\",\"aud\":[\"parley\",\"other\"]}",
          "{\"iss\":\"parley\"}",
          "{\"iss\":\"parley\",\"aud\":\"parley\"}",
          "{\"iss\":\"parley\",\"aud\":\"parley\",\"iat\":1767323045,\"exp\":\"soon\"}",
          "{\"iss\":\"parley\",\"aud\":\"parley\",\"iat\":1767323045,\"exp\":9999999999,"
              + "\"sub\":\"p\",\"kind\":\"ROOT\",\"org\":\"o\",\"role\":50,\"sid\":\"\",\"gen\":0}",
          "{\"iss\":\"parley\",\"aud\":\"parley\",\"iat\":1767323045,\"exp\":9999999999,"
              + "\"sub\":\"p\",\"kind\":\"SIGN_IN\",\"org\":\"o\",\"role\":\"50\",\"sid\":\"\","
              + "\"gen\":0}",
          "[]",
          "",
        }) {
      refuses(signed(claims), "");
    }
  }

  @Test
  void aTokenThatIsCutOrChangedAnywhereIsRefused() {
    String token = signer.sign(GRANT).token();
    for (int length = 0; length < token.length(); length++) {
      refuses(token.substring(0, length), "");
    }
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder changed = new StringBuilder(token);
      int at = random.nextInt(token.length());
      changed.setCharAt(at, (char) (32 + random.nextInt(95)));
      if (isOther(changed.toString(), token)) {
        refuses(changed.toString(), "");
      }
    }
    refuses(token + "." + token, "");
    refuses(token + "=", "base64url");
    refuses(token + "\n", "base64url");
    int dot = token.lastIndexOf('.') + 1;
    String signature = token.substring(dot).replace('-', '+').replace('_', '/') + " ";
    refuses(token.substring(0, dot) + signature, "base64url");
    refuses("a".repeat(9_000), "longer than");
  }

  /** The last character of base64url carries bits that mean nothing. */
  private static boolean isOther(String changed, String token) {
    try {
      String[] one = changed.split("\\.", -1);
      String[] other = token.split("\\.", -1);
      for (int i = 0; i < 3; i++) {
        var decoder = Base64.getUrlDecoder();
        if (one.length != 3
            || !java.util.Arrays.equals(decoder.decode(one[i]), decoder.decode(other[i]))) {
          return true;
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  @Test
  void aNewKeyIsShownBeforeItSignsAndTheOldOneAfter() {
    String old = signer.sign(GRANT).token();
    String first = keys.current().id();
    now = now.plus(Duration.ofDays(30)).plusSeconds(60);
    assertThat(keys.current().id()).isEqualTo(first);
    assertThat(keys.shown()).hasSize(2);
    now = now.plus(SigningKeys.LEAD).plusSeconds(60);
    assertThat(keys.current().id()).isNotEqualTo(first);
    refuses(old, "it expired");
    verifier.verify(signer.sign(GRANT).token());
    assertThat(keys.shown()).extracting(SigningKey::id).contains(first);
  }

  @Test
  void anotherReplicaSignsWithTheSameKeysAndMakesNone() {
    String token = signer.sign(GRANT).token();
    SigningKeys replica = keys(store);
    assertThat(replica.current().id()).isEqualTo(keys.current().id());
    new TokenVerifier(replica, Revocations.NONE, () -> now).verify(token);
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void whoHasTheDatabaseButNotTheSecretHasNoKey() {
    keys.current();
    SigningKeys thief =
        new SigningKeys(
            store,
            new Seal("x".repeat(32).getBytes(StandardCharsets.US_ASCII)),
            Duration.ofDays(30),
            () -> now);
    assertThatThrownBy(thief::current).hasMessageContaining("sealed with another key");
  }

  @Test
  void aKeySetIsFetchedOnceForManyMadeUpNames() {
    String token = signer.sign(GRANT).token();
    int[] fetched = {0};
    var set =
        new KeySet(
            () -> {
              fetched[0]++;
              return jwks();
            },
            () -> now);
    var remote = new TokenVerifier(set, Revocations.NONE, () -> now);
    remote.verify(token);
    for (int i = 0; i < 50; i++) {
      String[] parts = token.split("\\.");
      String other = head("EdDSA", "made-up-" + i) + "." + parts[1] + "." + parts[2];
      assertThatThrownBy(() -> remote.verify(other)).hasMessageContaining("not known");
    }
    assertThat(fetched[0]).isEqualTo(1);
    now = now.plusSeconds(11);
    assertThat(set.find("another")).isEmpty();
    assertThat(fetched[0]).isEqualTo(2);
  }

  @Test
  void whileNoKeysCanBeFetchedTheLastOnesHold() {
    String token = signer.sign(GRANT).token();
    boolean[] away = {true};
    var set =
        new KeySet(
            () -> {
              if (away[0]) {
                throw new IllegalStateException("away");
              }
              return jwks();
            },
            () -> now);
    var remote = new TokenVerifier(set, Revocations.NONE, () -> now);
    assertThatThrownBy(() -> remote.verify(token)).hasMessageContaining("are not there");
    away[0] = false;
    remote.verify(token);
    away[0] = true;
    now = now.plusSeconds(400);
    remote.verify(token);
  }

  private static final Grant GRANT =
      new Grant(
          CredentialKind.WIDGET_KEY,
          "person-1",
          "org-1",
          Role.EDITOR,
          Optional.of(Set.of(10, 11)),
          Set.of("ada"),
          "key-1",
          7,
          Duration.ofMinutes(10));

  private SigningKeys keys(KeptKeys in) {
    return new SigningKeys(in, seal, Duration.ofDays(30), () -> now);
  }

  private String jwks() {
    return keys.shown().stream()
        .map(it ->
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\""
                + it.id()
                + "\",\"x\":\""
                + it.publicKey()
                + "\",\"y\":\"\",\"alg\":\"EdDSA\",\"use\":\"sig\"}")
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  /** Claims of any kind under our own signature. */
  private String signed(String claims) throws Exception {
    var current = keys.current();
    String input = head("EdDSA", current.id()) + "." + url(claims.getBytes(StandardCharsets.UTF_8));
    var signature = java.security.Signature.getInstance("Ed25519");
    signature.initSign(current.key());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + url(signature.sign());
  }

  private static String head(String algorithm, String kid) {
    String json = "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
    return url(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private void refuses(String token, String why) {
    assertThatThrownBy(() -> verifier.verify(token))
        .as(token)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the access token is not good: ")
        .hasMessageContaining(why)
        .satisfies(it -> {
          assertThat(((Failure) it).code()).isEqualTo(Failure.Code.UNAUTHENTICATED);
          assertThat(token.length() < 40 || !it.getMessage().contains(token)).isTrue();
        });
  }
}
