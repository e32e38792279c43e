package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every path that users script against, as they would, against the whole product. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestTest {
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  private JsonObject json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private JsonObject turn(String id) throws Exception {
    return json(parley.get("/v1/turns/" + id)).getAsJsonObject("turn");
  }

  private static String text(JsonObject json, String name) {
    return json.get(name).getAsString();
  }

  @Test
  void charactersAreMadeReadChangedListedAndRemoved() throws Exception {
    parley.character("rest-one", "Hello.");
    assertThat(parley.get("/v1/characters?page_size=200").body()).contains("\"rest-one\"");
    var changed =
        parley.send(
            parley.to("/v1/characters/rest-one?updateMask=greeting"),
            "PATCH",
            "{\"greeting\":\"Good day.\"}");
    assertThat(text(json(changed).getAsJsonObject("character"), "greeting")).isEqualTo("Good day.");
    var read = json(parley.get("/v1/characters/rest-one")).getAsJsonObject("character");
    assertThat(text(read, "greeting")).isEqualTo("Good day.");
    assertThat(text(read, "displayName")).isEqualTo("Nell");
    assertThat(parley.get("/v1/characters/rest-one/versions").body()).contains("Hello.");
    json(parley.send(parley.to("/v1/characters/rest-one"), "DELETE", ""));
    assertThat(parley.get("/v1/characters/rest-one").statusCode()).isEqualTo(404);
  }

  @Test
  void aSubmittedTurnIsPolledAndItsMediaDownloaded() throws Exception {
    var accepted =
        json(parley.post("/v1/characters/ada:submit", "{\"text\":\"What is your name?\"}"));
    String id = text(accepted.getAsJsonObject("turn"), "id");
    JsonObject turn = turn(id);
    while (!text(turn, "state").equals("TURN_STATE_COMPLETED")) {
      assertThat(text(turn, "state")).isIn("TURN_STATE_QUEUED", "TURN_STATE_RUNNING");
      Thread.sleep(200);
      turn = turn(id);
    }
    assertThat(text(turn, "replyText")).contains("Ada");
    assertThat(turn.getAsJsonObject("receipt").getAsJsonArray("stages")).isNotEmpty();
    String audio = "/v1/turns/" + id + "/audio";
    var whole = parley.bytes(audio, "");
    assertThat(whole.headers().firstValue("content-type")).contains("audio/wav");
    var part = parley.bytes(audio, "bytes=4-7");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("content-range"))
        .contains("bytes 4-7/" + whole.body().length);
    String etag = whole.headers().firstValue("etag").orElseThrow();
    var known = parley.send(parley.to(audio).header("if-none-match", etag), "GET", "");
    assertThat(known.statusCode()).isEqualTo(304);
    assertCaptions(parley.get("/v1/turns/" + id + "/captions"));
    assertThat(parley.get("/v1/turns/nonsense/audio").statusCode()).isEqualTo(404);
  }

  private static void assertCaptions(HttpResponse<String> captions) {
    assertThat(captions.headers().firstValue("content-type").orElseThrow()).startsWith("text/vtt");
    String[] blocks = captions.body().strip().split("\n\n");
    assertThat(blocks[0]).isEqualTo("WEBVTT");
    assertThat(blocks).hasSizeGreaterThan(3);
    String last = "";
    for (int i = 1; i < blocks.length; i++) {
      String[] cue = blocks[i].split("\n");
      assertThat(cue).hasSize(2);
      assertThat(cue[0]).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} --> \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
      String[] times = cue[0].split(" --> ");
      assertThat(times[0]).isGreaterThanOrEqualTo(last).isLessThan(times[1]);
      last = times[0];
    }
  }

  @Test
  void theVideoOfATurnIsAnMp4WithPictureAndVoice() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffprobe")), "ffprobe");
    parley.character("filmed", "");
    var answer =
        json(
            parley.post(
                "/v1/characters/filmed:respond",
                "{\"text\":\"Hi.\",\"tiers\":[\"TIER_VIDEO\"],"
                    + "\"video\":{\"width\":256,\"height\":256}}"));
    JsonObject turn = answer.getAsJsonObject("turn");
    Path file = folder.resolve("turn.mp4");
    var film = parley.bytes(text(turn, "videoUri"), "");
    assertThat(film.headers().firstValue("content-type")).contains("video/mp4");
    Files.write(file, film.body());
    Process probe =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "stream=codec_name,width:format=duration",
                "-of",
                "csv=p=0",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(probe.getInputStream().readAllBytes());
    assertThat(probe.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(said).contains("h264,256").contains("aac");
    double seconds = Double.parseDouble(said.strip().lines().reduce((a, b) -> b).orElseThrow());
    double voice = Double.parseDouble(text(turn, "mediaDuration").replace("s", ""));
    assertThat(seconds).isBetween(voice - 0.1, voice + 0.3);
  }

  @Test
  void voicesAndAvatarsAreListedAndAModelComesWithRanges() throws Exception {
    assertThat(json(parley.get("/v1/voices")).getAsJsonArray("voices").size())
        .isGreaterThanOrEqualTo(3);
    var avatars = json(parley.get("/v1/avatars")).getAsJsonArray("avatars");
    assertThat(avatars.size()).isGreaterThanOrEqualTo(3);
    String model = "/v1/avatars/" + text(avatars.get(0).getAsJsonObject(), "id") + "/model";
    var magic = parley.bytes(model, "bytes=0-3");
    assertThat(magic.statusCode()).isEqualTo(206);
    assertThat(new String(magic.body())).isEqualTo("glTF");
    assertThat(parley.get("/v1/avatars/nobody/model").statusCode()).isEqualTo(404);
  }

  @Test
  void speechIsMadeAndUnderstoodAsRawBytesAndAsJson() throws Exception {
    byte[] wav = parley.spoken("What do you like to do?", "slt");
    assertThat(new String(wav, 0, 4)).isEqualTo("RIFF");
    var raw = parley.upload("/v1/speech:recognize", "audio/wav", wav);
    assertThat(text(json(raw), "text")).isEqualTo("what do you like to do");
    String base64 = java.util.Base64.getEncoder().encodeToString(wav);
    var asJson = parley.post("/v1/speech:recognize", "{\"audio\":\"" + base64 + "\"}");
    assertThat(text(json(asJson), "text")).isEqualTo("what do you like to do");
    var answered = parley.upload("/v1/characters/ada:respond", "audio/wav", wav);
    JsonObject turn = json(answered).getAsJsonObject("turn");
    assertThat(text(turn, "inputText")).isEqualTo("what do you like to do");
    assertThat(turn.get("spokenInput").getAsBoolean()).isTrue();
    assertThat(text(turn, "audioUri")).isNotEmpty();
  }

  @Test
  void sessionsAreOpenedSentToListedAndRemoved() throws Exception {
    var opened = json(parley.post("/v1/sessions", "{\"start\":{\"characterId\":\"zuri\"}}"));
    String id = text(opened.getAsJsonObject("started"), "sessionId");
    var taken =
        json(
            parley.post(
                "/v1/sessions/" + id + ":send",
                "{\"clientId\":\"me\",\"events\":[{\"clientSeq\":\"7\",\"ping\":{}}]}"));
    assertThat(text(taken, "takenClientSeq")).isEqualTo("7");
    assertThat(parley.get("/v1/sessions?page_size=200").body()).contains(id);
    assertThat(json(parley.get("/v1/sessions/" + id)).getAsJsonObject("session").get("live"))
        .isNotNull();
    assertThat(parley.get("/v1/sessions/" + id + "/turns").body()).isEqualTo("{}");
    json(parley.send(parley.to("/v1/sessions/" + id), "DELETE", ""));
    assertThat(parley.get("/v1/sessions/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void healthIsOnBothPortsAndMetricsOnTheManagementPortOnly() throws Exception {
    assertThat(parley.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(parley.get("/readyz").body()).contains("\"ok\":true");
    assertThat(parley.management("/healthz").statusCode()).isEqualTo(200);
    assertThat(parley.management("/readyz").body()).contains("\"ready\":true");
    json(parley.get("/v1/voices"));
    assertThat(parley.management("/metrics").body())
        .contains("# TYPE", "jvm_", "parley_native_memory_bytes");
    assertThat(parley.get("/metrics").statusCode()).isEqualTo(404);
  }
}
