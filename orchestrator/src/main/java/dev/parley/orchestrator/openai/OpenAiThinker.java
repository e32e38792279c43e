package dev.parley.orchestrator.openai;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.telemetry.Metrics;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thinks with any server that speaks OpenAI's streamed chat completions. Tries once more when
 * nothing came yet and the fault may pass; when that fails as well, another thinker answers and the
 * sink is told. Once words were said, a fault ends the answer with MODEL_FAILED. A server that asks
 * to be left alone for a while is left alone. Thread-safe; a cancelled answer ends within {@value
 * #POLL_MS} ms and its connection with it.
 */
public final class OpenAiThinker implements Thinker {
  /** Metric: marks of sources that the model made up. */
  static final String DROPPED = "parley.citations.dropped";

  private static final int POLL_MS = 10;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final ModelSettings settings;
  private final Thinker fallback;
  private final HttpClient http;
  private final AtomicLong restUntil = new AtomicLong(System.nanoTime());

  /** A thinker with a model, and the one that answers when the model does not. */
  public OpenAiThinker(ModelSettings settings, Thinker fallback) {
    this.settings = settings;
    this.fallback = fallback;
    this.http = ModelCalls.client(settings);
  }

  @Override
  public String name() {
    return settings.model();
  }

  @Override
  public void think(Thought thought, TokenSink whole) {
    if (thought.said().isEmpty()) {
      answer(thought, whole);
    } else {
      var rest = new Continued(thought.said(), whole);
      answer(thought, rest);
      rest.end();
    }
  }

  private void answer(Thought thought, TokenSink sink) {
    Optional<ModelFault> fault = attempt(thought, sink);
    if (fault.isPresent() && worthAnotherTry(fault.get(), sink)) {
      fault = attempt(thought, sink);
    }
    if (fault.isPresent() && !sink.cancelled()) {
      sink.fellBack(fallback.name(), fault.get().getMessage());
      fallback.think(thought, sink);
    }
  }

  /** A fault when not a word came; empty when it answered or is no longer wanted. */
  private Optional<ModelFault> attempt(Thought thought, TokenSink sink) {
    if (restUntil.get() - System.nanoTime() > 0) {
      return Optional.of(new ModelFault("the model server asked to wait", false));
    }
    ChatRequest request = ChatRequest.of(thought, settings);
    var marks = new Marks(sink, request.given());
    int most = thought.character().agent().maxOutputTokens();
    var answer = new Answer(sink, marks, settings, most);
    try {
      take(answer, request, sink);
      return Optional.empty();
    } catch (ModelFault fault) {
      if (answer.said()) {
        throw Failure.of(Code.UNAVAILABLE, "MODEL_FAILED", fault.getMessage()).causedBy(fault);
      }
      return Optional.of(fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      Metrics.count(DROPPED, marks.dropped());
    }
  }

  private void take(Answer answer, ChatRequest request, TokenSink sink)
      throws ModelFault, InterruptedException {
    try (var lines = new AnswerLines(http, completion(request.body()))) {
      boolean more = true;
      while (more && !sink.cancelled()) {
        Optional<AnswerLines.Item> item = lines.next(Duration.ofMillis(POLL_MS));
        answer.expectInTime();
        more = item.isEmpty() || taken(item.get(), answer);
      }
    }
  }

  private static boolean taken(AnswerLines.Item item, Answer answer) throws ModelFault {
    return switch (item) {
      case AnswerLines.Line line -> answer.line(line.text());
      case AnswerLines.Broken broken -> throw broken.fault();
      case AnswerLines.End _ -> {
        answer.connectionEnded();
        yield false;
      }
    };
  }

  /** Waits as long as the server asked for, if that is not too long for a person. */
  private boolean worthAnotherTry(ModelFault fault, TokenSink sink) {
    Duration wait = fault.retryAfter.orElse(Duration.ZERO);
    if (wait.compareTo(LONGEST_WAIT) > 0) {
      Duration rest = wait.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wait;
      restUntil.set(System.nanoTime() + rest.toNanos());
      return false;
    }
    long until = System.nanoTime() + wait.toNanos();
    try {
      while (fault.passing && !sink.cancelled() && until - System.nanoTime() > 0) {
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return fault.passing && !sink.cancelled();
  }

  private HttpRequest completion(String body) {
    return ModelCalls.completion(settings, body, "text/event-stream").build();
  }
}
