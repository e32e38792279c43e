package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.identity.v1.IdentityServiceGrpc;
import dev.parley.identity.v1.SignInRequest;
import dev.parley.kit.ids.Ids;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Becoming somebody over REST, and the same over gRPC. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdentityTest {
  private static final String PASSWORD = "tulip-crane-41-mossy";

  private final Running parley = Running.shared();
  private final String email = "mira-" + Ids.next() + "@example.org";

  @Test
  void signsUpSignsInRefreshesAndSignsOut() throws Exception {
    JsonObject first = tokens(signUp());
    assertThat(first.getAsJsonObject("person").get("email").getAsString()).isEqualTo(email);
    assertThat(first.get("role").getAsString()).isEqualTo("ROLE_OWNER");
    assertThat(first.get("accessToken").getAsString().split("\\.")).hasSize(3);
    JsonObject again = tokens(signIn(PASSWORD));
    String refresh = again.get("refreshToken").getAsString();
    JsonObject next = tokens(refresh(refresh));
    refuses(refresh(refresh), 401, "TOKEN_INVALID");
    refuses(refresh(next.get("refreshToken").getAsString()), 401, "TOKEN_INVALID");
    String last = first.get("refreshToken").getAsString();
    String body = "{\"refreshToken\":\"" + last + "\",\"everywhere\":true}";
    assertThat(parley.post("/v1/identity:signOut", body).statusCode()).isEqualTo(200);
    refuses(refresh(last), 401, "TOKEN_INVALID");
  }

  @Test
  void whatIsWrongIsSaidAsEveryErrorIs() throws Exception {
    tokens(signUp());
    refuses(signUp(), 409, "ALREADY_EXISTS");
    refuses(signIn("something else"), 401, "SIGN_IN_FAILED");
    String common =
        "{\"email\":\"other@example.org\",\"password\":\"password1234\",\"displayName\":\"X\"}";
    refuses(parley.post("/v1/identity:signUp", common), 400, "INVALID_ARGUMENT");
  }

  @Test
  void afterFiveFailuresTheAnswerSaysWhenToComeBack() throws Exception {
    tokens(signUp());
    for (int i = 0; i < 5; i++) {
      refuses(signIn("something else"), 401, "SIGN_IN_FAILED");
    }
    HttpResponse<String> locked = signIn(PASSWORD);
    refuses(locked, 429, "LOCKED_OUT");
    assertThat(locked.body()).contains("google.rpc.RetryInfo");
  }

  @Test
  void theKeysOfTokensArePublic() throws Exception {
    HttpResponse<String> keys = parley.get("/.well-known/jwks.json");
    assertThat(keys.statusCode()).isEqualTo(200);
    JsonObject key =
        JsonParser.parseString(keys.body())
            .getAsJsonObject()
            .getAsJsonArray("keys")
            .get(0)
            .getAsJsonObject();
    assertThat(key.get("kty").getAsString()).isEqualTo("OKP");
    assertThat(key.get("crv").getAsString()).isEqualTo("Ed25519");
    assertThat(key.get("x").getAsString()).hasSize(43);
    assertThat(key.has("d")).isFalse();
  }

  @Test
  void theOwnerOfTheMachineNeedsNoAccount() throws Exception {
    JsonObject me = JsonParser.parseString(parley.get("/v1/me").body()).getAsJsonObject();
    assertThat(me.getAsJsonObject("organisation").get("id").getAsString()).isEqualTo("local");
    assertThat(me.get("role").getAsString()).isEqualTo("ROLE_OWNER");
    assertThat(me.getAsJsonArray("permissions")).hasSizeGreaterThan(10);
    String body = "{\"email\":\"noor-" + Ids.next() + "@example.org\",\"role\":\"ROLE_MEMBER\"}";
    JsonObject invited =
        JsonParser.parseString(parley.post("/v1/invitations", body).body()).getAsJsonObject();
    assertThat(invited.get("link").getAsString()).contains("/#invitation=pi_");
    assertThat(parley.get("/v1/invitations").body()).contains("noor-");
  }

  @Test
  void theSameOverGrpc() throws Exception {
    tokens(signUp());
    var tokens =
        IdentityServiceGrpc.newBlockingStub(parley.channel())
            .signIn(SignInRequest.newBuilder().setEmail(email).setPassword(PASSWORD).build())
            .getTokens();
    assertThat(tokens.getPerson().getEmail()).isEqualTo(email);
    assertThat(tokens.getRefreshToken()).startsWith("prt_");
  }

  @Test
  void aTokenIsWhoItNamesAndEndsWithASignOutEverywhere() throws Exception {
    JsonObject tokens = tokens(signUp());
    String access = tokens.get("accessToken").getAsString();
    HttpResponse<String> me = as(access, "/v1/me");
    assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
    assertThat(me.body()).contains(email).contains("ROLE_OWNER").doesNotContain("\"local\"");
    assertThat(as(access, "/v1/me/signIns").body()).contains("\"current\":true");
    assertThat(as(access, "/v1/members").body()).contains(email);
    assertThat(as(access.substring(0, access.length() - 8), "/v1/me").statusCode()).isEqualTo(401);
    String refresh = tokens.get("refreshToken").getAsString();
    parley.post(
        "/v1/identity:signOut", "{\"refreshToken\":\"" + refresh + "\",\"everywhere\":true}");
    for (int i = 0; i < 100 && as(access, "/v1/me").statusCode() == 200; i++) {
      Thread.sleep(100);
    }
    assertThat(as(access, "/v1/me").statusCode()).isEqualTo(401);
  }

  private HttpResponse<String> as(String access, String path) throws Exception {
    return parley.send(parley.to(path).header("authorization", "Bearer " + access), "GET", "");
  }

  private HttpResponse<String> signUp() throws Exception {
    return parley.post(
        "/v1/identity:signUp",
        "{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\",\"displayName\":\"Mira\"}");
  }

  private HttpResponse<String> signIn(String password) throws Exception {
    return parley.post(
        "/v1/identity:signIn", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
  }

  private HttpResponse<String> refresh(String token) throws Exception {
    return parley.post("/v1/identity:refresh", "{\"refreshToken\":\"" + token + "\"}");
  }

  private static JsonObject tokens(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonObject("tokens");
  }

  private static void refuses(HttpResponse<String> answer, int status, String reason) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
  }
}
