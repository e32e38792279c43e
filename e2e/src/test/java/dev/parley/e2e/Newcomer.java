package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.parley.kit.ids.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;

/** Somebody who signed up through Envoy, owns an organisation and shows an access token. */
final class Newcomer {
  private static final String JSON = "application/json";
  private static final String PASSWORD = "tulip-crane-41-mossy";

  private final RunningMesh parley;
  private final JsonObject tokens;

  private Newcomer(RunningMesh parley, JsonObject tokens) {
    this.parley = parley;
    this.tokens = tokens;
  }

  static Newcomer of(RunningMesh parley) throws Exception {
    String email = "mira-" + Ids.next() + "@example.org";
    String body =
        "{\"email\":\"%s\",\"password\":\"%s\",\"displayName\":\"Mira\"}"
            .formatted(email, PASSWORD);
    HttpResponse<String> answer = parley.post("/v1/identity:signUp", body, "content-type", JSON);
    return new Newcomer(parley, read(answer).getAsJsonObject("tokens"));
  }

  String bearer() {
    return "Bearer " + tokens.get("accessToken").getAsString();
  }

  HttpResponse<String> get(String path) throws Exception {
    return parley.get(path, "authorization", bearer());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return parley.post(path, body, "content-type", JSON, "authorization", bearer());
  }

  HttpResponse<String> delete(String path) throws Exception {
    return parley.send(parley.to(path).header("authorization", bearer()).DELETE());
  }

  /** A key as that JSON describes it; its secret. */
  String key(String description) throws Exception {
    return read(post("/v1/keys", description)).get("secret").getAsString();
  }

  String ticket() throws Exception {
    return read(post("/v1/tickets", "{}")).get("ticket").getAsString();
  }

  void signOutEverywhere() throws Exception {
    String refresh = tokens.get("refreshToken").getAsString();
    read(
        parley.post(
            "/v1/identity:signOut",
            "{\"refreshToken\":\"" + refresh + "\",\"everywhere\":true}",
            "content-type",
            JSON));
  }

  /** The status with which a WebSocket is opened by a ticket. */
  static int connect(RunningMesh parley, String ticket) {
    URI uri = URI.create("ws://127.0.0.1:" + parley.port() + "/v1/sessions:connect");
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket socket =
          http.newWebSocketBuilder()
              .subprotocols("parley.v1", "parley.ticket." + ticket)
              .buildAsync(uri, new WebSocket.Listener() {})
              .join();
      String chosen = socket.getSubprotocol();
      socket.abort();
      assertThat(chosen).isEqualTo("parley.v1");
      return 101;
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
    }
  }

  private static JsonObject read(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
