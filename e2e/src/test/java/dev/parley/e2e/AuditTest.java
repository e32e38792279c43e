package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.kit.ids.Ids;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an organisation finds in its audit log, as its owner sees it over REST. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditTest {
  private final Running parley = Running.shared();
  private String token = "";

  @BeforeEach
  void signUp() throws Exception {
    String email = "mira-" + Ids.next() + "@example.org";
    String wanted =
        "{\"email\":\"" + email + "\",\"password\":\"tulip-crane-41-mossy\",\"displayName\":\"M\"}";
    token =
        json(parley.post("/v1/identity:signUp", wanted))
            .getAsJsonObject("tokens")
            .get("accessToken")
            .getAsString();
  }

  @Test
  void aSignUpAtTheMachineItselfIsInTheLogOfTheOrganisationThatItMade() throws Exception {
    awaitEntry("parley.identity.v1.IdentityService/SignUp done");
    JsonObject verdict = json(mine("POST", "/v1/audit:verify", "{}"));
    assertThat(verdict.get("intact").getAsBoolean()).isTrue();
  }

  @Test
  void aPagesKeyThatIsRefusedAtTheEdgeIsToldToItsOrganisation() throws Exception {
    String wanted =
        "{\"displayName\":\"Shop\",\"kind\":\"API_KEY_KIND_WIDGET\","
            + "\"origins\":[\"https://shop.example\"]}";
    String secret = json(mine("POST", "/v1/keys", wanted)).get("secret").getAsString();
    HttpResponse<String> refused =
        parley.send(parley.to("/v1/characters").header("x-api-key", secret), "POST", "{}");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(401);
    awaitEntry("key KEY_ORIGIN");
    assertThat(mine("GET", "/v1/audit", "").body()).doesNotContain(secret);
  }

  private void awaitEntry(String wanted) throws Exception {
    List<String> entries = List.of();
    while (!entries.contains(wanted)) {
      Thread.sleep(20);
      JsonObject page = json(mine("GET", "/v1/audit", ""));
      if (page.has("entries")) {
        entries =
            StreamSupport.stream(page.getAsJsonArray("entries").spliterator(), false)
                .map(it -> it.getAsJsonObject())
                .map(it -> it.get("action").getAsString() + " " + it.get("outcome").getAsString())
                .toList();
      }
    }
  }

  private HttpResponse<String> mine(String method, String path, String body) throws Exception {
    HttpRequest.Builder request = parley.to(path).header("Authorization", "Bearer " + token);
    return parley.send(request, method, body);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
