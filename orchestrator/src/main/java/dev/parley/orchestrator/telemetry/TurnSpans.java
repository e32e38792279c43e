package dev.parley.orchestrator.telemetry;

import dev.parley.kit.telemetry.Traces;
import dev.parley.orchestrator.conversation.Receipt;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.TurnTracer;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;

/** One span for a turn, above the spans of the calls it makes; its stages become events. */
public final class TurnSpans implements TurnTracer {
  @Override
  public Trace begin(String sessionId, String turnId, String characterId) {
    Span span = Traces.begin("turn");
    span.setAttribute("parley.session.id", sessionId);
    span.setAttribute("parley.turn.id", turnId);
    span.setAttribute("parley.character.id", characterId);
    return new Followed(span);
  }

  private record Followed(Span span) implements Trace {
    @Override
    public Runnable within(Runnable task) {
      return () -> Traces.run(span, task);
    }

    @Override
    public void ended(TurnState state, Receipt receipt) {
      span.setAttribute("parley.turn.state", state.name());
      receipt
          .firstAudio()
          .ifPresent(after -> span.setAttribute("parley.turn.first_audio_ms", after.toMillis()));
      for (Receipt.Stage stage : receipt.stages()) {
        span.setAttribute("parley.stage." + stage.name() + "_ms", millis(stage.duration()));
      }
      receipt.leftOut().forEach(left -> span.addEvent("left out: " + left.part()));
      span.end();
    }

    private static double millis(Duration duration) {
      return duration.toNanos() / 1e6;
    }
  }
}
