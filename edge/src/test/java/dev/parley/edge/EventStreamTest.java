package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Server-sent events: their numbers, their end, and who does not read them. */
class EventStreamTest {
  private final RunningEdge edge = new RunningEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void eventsAreNumberedAndGoOnAfterTheLastOne() throws Exception {
    HttpResponse<String> all = edge.get("/v1/sessions/s1:subscribe?after_seq=3");
    assertThat(all.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(all.body())
        .isEqualTo(
            ": ok\n\n"
                + "id: 4\nevent: text_delta\n"
                + "data: {\"seq\":\"4\",\"textDelta\":{\"text\":\"word 4\"}}\n\n"
                + "id: 5\nevent: text_delta\n"
                + "data: {\"seq\":\"5\",\"textDelta\":{\"text\":\"word 5\"}}\n\n"
                + "id: 6\nevent: session_ended\ndata: {\"seq\":\"6\",\"sessionEnded\":"
                + "{\"cause\":\"SESSION_END_CAUSE_CLIENT\"}}\n\n"
                + "event: status\ndata: {}\n\n");
    String resumed = edge.get("/v1/sessions/s1:subscribe?after_seq=1", "last-event-id", "5").body();
    assertThat(resumed).contains("id: 6").doesNotContain("id: 5", "id: 2");
  }

  @Test
  void aRefusedSubscriptionHasItsStatusAndABrokenOneSaysWhy() throws Exception {
    assertThat(edge.get("/v1/sessions/gone:subscribe").statusCode()).isEqualTo(404);
    assertThat(edge.get("/v1/sessions/s1:subscribe?after_seq=x").statusCode()).isEqualTo(400);
    assertThat(edge.get("/v1/sessions/s1:subscribe?tiers=TIER_SMELL").statusCode()).isEqualTo(400);
    assertThat(edge.get("/v1/sessions/broken:subscribe").body())
        .contains("id: 5")
        .contains("event: status\ndata: {\"code\":5,")
        .contains("SESSION_NOT_FOUND");
  }

  @Test
  void aSilentStreamBeginsAtOnceAndIsToldOfTheEnd() throws Exception {
    HttpResponse<Stream<String>> open =
        edge.http().send(edge.to("/v1/sessions/silent:subscribe").build(), BodyHandlers.ofLines());
    var lines = open.body().iterator();
    assertThat(lines.next()).isEqualTo(": ok");
    Thread.startVirtualThread(edge::leave);
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).isEqualTo("event: status");
    assertThat(lines.next()).startsWith("data: {\"code\":14,");
    assertThat(edge.conversation().left.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aSlowReaderIsFeltUpstream() throws Exception {
    try (RawHttp raw = new RawHttp(edge.port())) {
      raw.ask("/v1/sessions/flood:subscribe", "localhost");
      int before = -1;
      while (edge.conversation().sent.get() != before) {
        before = edge.conversation().sent.get();
        assertThat(before).as("events that nobody takes").isLessThan(400);
        Thread.sleep(1_500);
      }
      assertThat(before).isPositive();
    }
    assertThat(edge.conversation().left.await(5, TimeUnit.SECONDS)).isTrue();
  }
}
