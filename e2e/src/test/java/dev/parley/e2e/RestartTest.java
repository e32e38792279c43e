package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after kill -9 of everything, and after a proper stop. */
@Timeout(value = 400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest {
  private static final String FACT = "My sister Philippa keeps llamas.";
  private static final String QUESTION = "{\"text\":\"What does my sister Philippa keep?\"}";
  @TempDir private Path folder;

  @Test
  void historyMediaAndMemoryOutliveAKilledProcessTreeAndARestart() throws Exception {
    Path data = folder.resolve("data");
    JsonObject said;
    try (ParleyProcess first = ParleyProcess.on(data)) {
      said = turn(first.post("v1/characters/ada:respond", "{\"text\":\"" + FACT + "\"}"));
    }
    String id = said.get("id").getAsString();
    for (int start = 0; start < 2; start++) {
      try (Running parley = Running.on(data, "--orchestrator.recall-deadline=PT10S")) {
        JsonObject kept = turn(parley.get("/v1/turns/" + id).body());
        assertThat(kept).isEqualTo(said);
        var audio = parley.bytes(kept.get("audioUri").getAsString(), "");
        assertThat(audio.statusCode()).isEqualTo(200);
        assertThat(audio.body().length).isGreaterThan(10_000);
        String session = kept.get("sessionId").getAsString();
        assertThat(parley.get("/v1/sessions/" + session + "/turns").body()).contains(FACT);
        // It was killed before or after memory had it: so it is taken on again, or not.
        while (!parley.get("/v1/memories").body().contains("llamas")) {
          Thread.sleep(100);
        }
        assertThat(recalled(parley)).contains("llamas");
      }
    }
  }

  private static String recalled(Running parley) throws Exception {
    return receipt(parley.post("/v1/characters/ada:respond", QUESTION).body());
  }

  private static String receipt(String answer) {
    return turn(answer).getAsJsonObject("receipt").toString();
  }

  private static JsonObject turn(String body) {
    return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("turn");
  }
}
