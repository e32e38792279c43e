package dev.parley.orchestrator.openai;

import com.google.gson.JsonObject;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.telemetry.Metrics;
import dev.parley.orchestrator.conversation.NoteTaker;
import dev.parley.orchestrator.conversation.Notes;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Has a model note facts and summaries. An answer that is not exactly the JSON asked for counts as
 * none. Thread-safe; a call ends soon after its thread is interrupted.
 */
public final class ModelNotes implements NoteTaker {
  /** Metric: turns of which no notes were had. */
  static final String FAILED = "parley.notes.failed";

  /** Metric: facts that were noted. */
  static final String FACTS = "parley.notes.facts";

  private static final int LONGEST_ANSWER = 1 << 20;

  private final ModelSettings settings;
  private final HttpClient http;

  /** Notes by the model of those settings. */
  public ModelNotes(ModelSettings settings) {
    this.settings = settings;
    this.http = ModelCalls.client(settings);
  }

  @Override
  public Notes take(Talk talk, Duration deadline) throws InterruptedException {
    boolean noted = false;
    try {
      String body = NotesRequest.body(talk, settings.model());
      HttpRequest request =
          ModelCalls.completion(settings, body, "application/json").timeout(deadline).build();
      Notes notes = NotesAnswer.of(content(http.send(request, BodyHandlers.ofInputStream())));
      Metrics.count(FACTS, notes.facts().size());
      noted = true;
      return notes;
    } catch (IOException gone) {
      throw failed("the model server is gone").causedBy(gone);
    } finally {
      Metrics.count(FAILED, noted ? 0 : 1);
    }
  }

  private static String content(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw failed("the model server answered " + response.statusCode());
      }
      byte[] bytes = in.readNBytes(LONGEST_ANSWER);
      JsonObject answer = NotesAnswer.object(new String(bytes, StandardCharsets.UTF_8));
      return answer
          .getAsJsonArray("choices")
          .get(0)
          .getAsJsonObject()
          .getAsJsonObject("message")
          .get("content")
          .getAsString();
    } catch (RuntimeException unlike) {
      throw unlike instanceof Failure f ? f : failed("the model server sent what is no answer");
    }
  }

  static Failure failed(String why) {
    return Failure.of(Code.UNAVAILABLE, "MODEL_FAILED", why);
  }
}
