package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** REST as the contract transcodes it, and what of it is refused. */
class RestRoutesTest {
  private final RunningEdge edge = new RunningEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void restReadsAndQueries() throws Exception {
    HttpResponse<String> one = edge.get("/v1/sessions/s9", "x-request-id", "abc-1");
    assertThat(one.statusCode()).isEqualTo(200);
    assertThat(one.body()).isEqualTo("{\"session\":{\"id\":\"s9\",\"turnCount\":2}}");
    assertThat(one.headers().firstValue("x-request-id")).contains("abc-1");
    assertThat(edge.get("/v1/sessions?characterId=mira&page_size=7").body()).contains("mira/7");
    assertThat(edge.get("/v1/sessions?character_id=mira&pageSize=8").body()).contains("mira/8");
  }

  @Test
  void restErrorsAreStatusJsonWithDetails() throws Exception {
    HttpResponse<String> gone = edge.get("/v1/sessions/gone");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(gone.body())
        .isEqualTo(
            "{\"code\":5,\"message\":\"no session é\\\"gone\",\"details\":["
                + "{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
                + "\"reason\":\"SESSION_NOT_FOUND\",\"domain\":\"parley.dev\","
                + "\"metadata\":{\"id\":\"gone\"}},"
                + "{\"@type\":\"type.googleapis.com/google.rpc.BadRequest\","
                + "\"fieldViolations\":[{\"field\":\"session_id\",\"description\":\"bad\"}]}]}");
  }

  @Test
  void whatDoesNotFitTheContractIsRefused() throws Exception {
    for (String body :
        List.of(
            "{bad",
            "null",
            "{\"start\":{\"tiers\":[\"TIER_SMELL\"]}}",
            "{\"start\":{\"characterId\":5}}",
            "{\"start\":{\"faceRateHz\":\"x\"}}")) {
      HttpResponse<String> refused = edge.post("/v1/sessions", body);
      assertThat(refused.statusCode()).as(body + " -> " + refused.body()).isEqualTo(400);
      assertThat(refused.body()).startsWith("{\"code\":3,").contains("INVALID_ARGUMENT");
    }
    HttpResponse<String> newer =
        edge.post(
            "/v1/sessions", "{\"start\":{\"character_id\":\"mira\",\"mood\":1},\"later\":true}");
    assertThat(newer.statusCode()).isEqualTo(200);
    assertThat(newer.body()).contains("\"characterId\":\"mira\"");
  }

  @Test
  void aQueryThatIsNoNumberIsRefused() throws Exception {
    HttpResponse<String> refused = edge.get("/v1/sessions?page_size=xx");
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(refused.body()).startsWith("{\"code\":3,");
  }

  @Test
  void whatIsNotThereSaysSoInJson() throws Exception {
    assertThat(edge.get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(edge.get("/v1/nothing").body()).startsWith("{\"code\":5,").contains("\"NOT_FOUND\"");
    HttpResponse<String> wrongMethod =
        edge.send(edge.to("/v1/sessions/s1").PUT(BodyPublishers.noBody()));
    assertThat(wrongMethod.statusCode()).isEqualTo(404);
    assertThat(wrongMethod.body()).startsWith("{\"code\":5,");
  }

  @Test
  void tooMuchIsRefused() throws Exception {
    HttpResponse<String> refused =
        edge.post("/v1/sessions", "{\"requestId\":\"" + "x".repeat(Edge.MAX_REQUEST_BYTES) + "\"}");
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).startsWith("{\"code\":8,").contains("TOO_LARGE");
  }

  @Test
  void timeThatIsUpIsADeadline() throws Exception {
    HttpResponse<String> late = edge.get("/v1/sessions/slow");
    assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
    assertThat(late.body()).startsWith("{\"code\":4,");
  }

  @Test
  void foreignPagesAndReboundNamesStayOutside() throws Exception {
    HttpResponse<String> foreign = edge.get("/v1/sessions/s1", "origin", "https://evil.example");
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(foreign.body()).startsWith("{\"code\":7,").contains("FORBIDDEN");
    assertThat(edge.get("/v1/sessions/s1", "origin", "null").statusCode()).isEqualTo(403);
    String own = "http://127.0.0.1:" + edge.port();
    assertThat(edge.get("/v1/sessions/s1", "origin", own).statusCode()).isEqualTo(200);
    try (RawHttp raw = new RawHttp(edge.port())) {
      assertThat(raw.get("/v1/sessions/s1", "evil.example:" + edge.port())).contains(" 403 ");
    }
    try (RawHttp raw = new RawHttp(edge.port())) {
      assertThat(raw.get("/v1/sessions/s1", "localhost:" + edge.port())).contains(" 200 ");
    }
  }
}
