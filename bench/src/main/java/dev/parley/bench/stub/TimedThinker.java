package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.concurrent.TimeUnit;

/** A model stubbed as the peers have it: 30 tokens, one every 20 ms on an absolute schedule. */
public final class TimedThinker implements Thinker {
  private static final int TOKENS = 30;
  private static final long TOKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    long start = System.nanoTime();
    try {
      for (int i = 0; i < TOKENS && !sink.cancelled(); i++) {
        TimeUnit.NANOSECONDS.sleep(start + TOKEN_NANOS * (i + 1) - System.nanoTime());
        sink.token(token(i));
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tokens 10 and 20 end a phrase and bring the first letter of the next. */
  static String token(int index) {
    return switch (index) {
      case 0 -> "Aword";
      case 9 -> " word. B";
      case 10, 20 -> "word";
      case 19 -> " word. C";
      case 29 -> " word.";
      default -> " word";
    };
  }
}
