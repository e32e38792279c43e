package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.type.v1.AudioEncoding;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is served by hand: media, uploads, the page and health. */
class FilesTest {
  private final RunningEdge edge = new RunningEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void mediaComesWholeInPartsAndByHead() throws Exception {
    HttpResponse<byte[]> whole =
        edge.http().send(edge.to("/v1/turns/t1/audio").build(), BodyHandlers.ofByteArray());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(FakeConversation.WAV);
    assertThat(whole.headers().firstValue("content-type")).contains("audio/wav");
    String etag = whole.headers().firstValue("etag").orElseThrow();
    assertRange("bytes=10-19", 206, "bytes 10-19/200000", 10, 20);
    assertRange("bytes=199990-", 206, "bytes 199990-199999/200000", 199_990, 200_000);
    assertRange("bytes=-5", 206, "bytes 199995-199999/200000", 199_995, 200_000);
    assertRange("bytes=70000-140000", 206, "bytes 70000-140000/200000", 70_000, 140_001);
    assertThat(edge.get("/v1/turns/t1/audio", "range", "bytes=200000-").statusCode())
        .isEqualTo(416);
    assertThat(edge.get("/v1/turns/t1/audio", "range", "lines=1-2").statusCode()).isEqualTo(200);
    assertThat(edge.get("/v1/turns/t1/audio", "if-none-match", etag).statusCode()).isEqualTo(304);
    assertThat(
            edge.get("/v1/turns/t1/audio", "range", "bytes=0-1", "if-range", "\"x\"").statusCode())
        .isEqualTo(200);
    HttpResponse<String> head = edge.send(edge.to("/v1/turns/t1/audio").HEAD());
    assertThat(head.headers().firstValue("content-length")).contains("200000");
    HttpResponse<String> gone = edge.get("/v1/turns/gone/audio");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.body()).contains("SESSION_NOT_FOUND");
  }

  @Test
  void mediaThatIsDeletedBetweenItsSizeAndItsBytesIsTold() throws Exception {
    HttpResponse<String> deleted = edge.get("/v1/turns/deleted/audio");
    assertThat(deleted.statusCode()).isEqualTo(404);
    assertThat(deleted.body()).contains("SESSION_NOT_FOUND");
    assertThat(edge.get("/v1/turns/deleted/audio", "range", "bytes=0-9").statusCode())
        .isEqualTo(404);
  }

  private void assertRange(String range, int status, String content, int from, int end)
      throws Exception {
    HttpResponse<byte[]> part =
        edge.http()
            .send(
                edge.to("/v1/turns/t1/audio").header("range", range).build(),
                BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(status);
    assertThat(part.headers().firstValue("content-range")).contains(content);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(FakeConversation.WAV, from, end));
  }

  @Test
  void audioAsItIsBecomesARequest() throws Exception {
    HttpResponse<String> answer =
        edge.send(
            edge.to("/v1/characters/mira:respond?session_id=s4&tiers=TIER_TEXT,TIER_VIDEO")
                .header("content-type", "audio/L16;rate=24000")
                .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3})));
    assertThat(answer.body()).isEqualTo("{\"turn\":{\"id\":\"t1\"}}");
    var request = edge.conversation().responded.get();
    assertThat(request.getCharacterId()).isEqualTo("mira");
    assertThat(request.getSessionId()).isEqualTo("s4");
    assertThat(request.getTiersCount()).isEqualTo(2);
    assertThat(request.getAudio().size()).isEqualTo(3);
    assertThat(request.getAudioFormat().getSampleRateHz()).isEqualTo(24_000);
    edge.send(
        edge.to("/v1/characters/mira:respond")
            .header("content-type", "audio/webm")
            .POST(BodyPublishers.ofByteArray(new byte[] {1})));
    assertThat(edge.conversation().responded.get().getAudioFormat().getEncoding())
        .isEqualTo(AudioEncoding.AUDIO_ENCODING_CONTAINER);
    assertThat(edge.post("/v1/characters/mira:respond", "{\"text\":\"hi\"}").body())
        .contains("\"inputText\":\"hi\"");
    HttpResponse<String> large =
        edge.send(
            edge.to("/v1/characters/mira:respond")
                .header("content-type", "audio/wav")
                .POST(BodyPublishers.ofByteArray(new byte[(8 << 20) + 1])));
    assertThat(large.statusCode()).isEqualTo(413);
    HttpResponse<String> untyped =
        edge.send(edge.to("/v1/characters/mira:respond").POST(BodyPublishers.noBody()));
    assertThat(untyped.statusCode()).isEqualTo(400);
    assertThat(untyped.body()).contains("content-type: missing");
  }

  @Test
  void whoeverAsksForAPageWhereAWebSocketIsIsToldSo() throws Exception {
    HttpResponse<String> refused = edge.get("/v1/sessions:connect");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("upgrade: expected websocket", "INVALID_ARGUMENT");
  }

  @Test
  void pagesHealthAndTheirHeaders() throws Exception {
    HttpResponse<String> page = edge.get("/talk/mira", "accept", "text/html");
    assertThat(page.body()).contains("<title>Parley</title>");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("script-src 'self';");
    assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(edge.get("/").body()).contains("<title>Parley</title>");
    assertThat(edge.get("/assets/app-1.js").headers().firstValue("cache-control").orElseThrow())
        .contains("immutable");
    HttpResponse<String> missing = edge.get("/assets/none.js");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("cache-control")).contains("no-store");
    assertThat(edge.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(edge.get("/readyz").statusCode()).isEqualTo(503);
    assertThat(edge.get("/readyz").body()).contains("\"memory\":\"not yet\"");
  }

  @Test
  void scriptsAreCompressedForThoseThatTakeIt() throws Exception {
    HttpResponse<String> plain = edge.get("/assets/long-1.js");
    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    HttpResponse<String> zipped = edge.get("/assets/long-1.js", "accept-encoding", "gzip");
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(zipped.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    assertThat(zipped.body().length()).isLessThan(plain.body().length() / 2);
  }
}
