package dev.parley.orchestrator.resilience4j;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.TimeUnit;

/**
 * A thinker over a model server that is left alone for a while after it failed several times:
 * meanwhile another one answers at once, and the sink is told. Thread-safe.
 */
public final class GuardedThinker implements Thinker {
  private final Thinker model;
  private final Thinker otherwise;
  private final CircuitBreaker breaker = Breakers.of("model");

  /** {@code otherwise} answers while the model is left alone. */
  public GuardedThinker(Thinker model, Thinker otherwise) {
    this.model = model;
    this.otherwise = otherwise;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    if (!breaker.tryAcquirePermission()) {
      sink.fellBack(otherwise.name(), "the model server is not there; it is asked again soon");
      otherwise.think(thought, sink);
      return;
    }
    long begun = System.nanoTime();
    var watched = new Watched(sink);
    try {
      model.think(thought, watched);
      told(watched, begun);
    } catch (Failure failed) {
      breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, failed);
      throw failed;
    } catch (RuntimeException fault) {
      breaker.releasePermission();
      throw fault;
    }
  }

  private void told(Watched watched, long begun) {
    long took = System.nanoTime() - begun;
    if (watched.failed) {
      var fault = Failure.of(Failure.Code.UNAVAILABLE, "MODEL_FAILED", "the model fell back");
      breaker.onError(took, TimeUnit.NANOSECONDS, fault);
    } else if (watched.cancelled()) {
      breaker.releasePermission();
    } else {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    }
  }

  /** Sees whether the model had to be answered for. */
  private static final class Watched implements TokenSink {
    private final TokenSink sink;
    private boolean failed;

    Watched(TokenSink sink) {
      this.sink = sink;
    }

    @Override
    public void token(String text) {
      sink.token(text);
    }

    @Override
    public void cites(int number, String quote) {
      sink.cites(number, quote);
    }

    @Override
    public void usage(int inputTokens, int outputTokens) {
      sink.usage(inputTokens, outputTokens);
    }

    @Override
    public void fellBack(String name, String cause) {
      failed = true;
      sink.fellBack(name, cause);
    }

    @Override
    public boolean cancelled() {
      return sink.cancelled();
    }
  }
}
