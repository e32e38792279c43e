package dev.parley.orchestrator.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/**
 * Thinks with any server that speaks OpenAI's streamed chat completions. Tries once more when
 * nothing came yet and the fault may pass; when that fails as well, another thinker answers and the
 * sink is told. Once words were said, a fault ends the answer with MODEL_FAILED. Thread-safe.
 */
public final class OpenAiThinker implements Thinker {
  private static final Duration POLL = Duration.ofMillis(100);

  private final ModelSettings settings;
  private final Thinker fallback;
  private final HttpClient http;

  /** A thinker with a model, and the one that answers when the model does not. */
  public OpenAiThinker(ModelSettings settings, Thinker fallback) {
    this.settings = settings;
    this.fallback = fallback;
    this.http = HttpClient.newBuilder().connectTimeout(settings.connect()).build();
  }

  @Override
  public String name() {
    return settings.model();
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    ModelFault fault = attempt(thought, sink);
    if (fault != null && fault.passing && !sink.cancelled()) {
      fault = attempt(thought, sink);
    }
    if (fault != null && !sink.cancelled()) {
      sink.fellBack(fallback.name(), fault.getMessage());
      fallback.think(thought, sink);
    }
  }

  /** Null when it answered or is no longer wanted; a fault when not a word came. */
  private ModelFault attempt(Thought thought, TokenSink sink) {
    boolean[] said = {false};
    try {
      answer(thought, sink, said);
      return null;
    } catch (ModelFault fault) {
      if (said[0]) {
        throw Failure.of(Code.UNAVAILABLE, "MODEL_FAILED", fault.getMessage()).causedBy(fault);
      }
      return fault;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void answer(Thought thought, TokenSink sink, boolean[] said)
      throws ModelFault, InterruptedException {
    try (var lines = new AnswerLines(http, request(thought))) {
      Duration patience = settings.firstToken();
      long since = System.nanoTime();
      while (!sink.cancelled()) {
        var line = lines.next(POLL);
        if (line.isEmpty()) {
          if (System.nanoTime() - since > patience.toNanos()) {
            throw new ModelFault("the model was silent for " + patience.toMillis() + " ms", true);
          }
          continue;
        }
        String data = line.get().startsWith("data:") ? line.get().substring(5).strip() : "";
        if (data.equals("[DONE]")) {
          ended(said);
          return;
        }
        if (!data.isEmpty() && piece(data, sink)) {
          said[0] = true;
          since = System.nanoTime();
          patience = settings.betweenTokens();
        }
      }
    } catch (IOException e) {
      throw new ModelFault("the model server is gone: " + e.getClass().getSimpleName(), true);
    }
  }

  private static void ended(boolean[] said) throws ModelFault {
    if (!said[0]) {
      throw new ModelFault("the model gave an empty answer", true);
    }
  }

  private HttpRequest request(Thought thought) {
    String base = settings.baseUrl().toString().replaceAll("/+$", "");
    var request =
        HttpRequest.newBuilder(URI.create(base + "/chat/completions"))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(ChatRequest.body(thought, settings.model())));
    if (!settings.key().isEmpty()) {
      request.header("Authorization", "Bearer " + settings.key());
    }
    return request.build();
  }

  /** Hands over one piece; whether it had text. */
  private static boolean piece(String data, TokenSink sink) throws ModelFault {
    try {
      JsonObject chunk = JsonParser.parseString(data).getAsJsonObject();
      if (chunk.has("error")) {
        throw new ModelFault("the model server reported an error", true);
      }
      if (chunk.get("usage") instanceof JsonObject usage) {
        sink.usage(number(usage, "prompt_tokens"), number(usage, "completion_tokens"));
      }
      if (!(chunk.get("choices") instanceof JsonArray choices) || choices.isEmpty()) {
        return false;
      }
      JsonElement delta = choices.get(0).getAsJsonObject().get("delta");
      if (!(delta instanceof JsonObject it) || !it.has("content") || it.get("content").isJsonNull()) {
        return false;
      }
      String text = it.get("content").getAsString();
      sink.token(text);
      return !text.isEmpty();
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new ModelFault("the model server sent what is no answer", true);
    }
  }

  private static int number(JsonObject usage, String name) {
    return usage.has(name) ? usage.get(name).getAsInt() : 0;
  }
}
