package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.concurrent.TimeUnit;

/**
 * A model stubbed as the peers have it: 30 tokens, or as many as are wanted, one every 20 ms on an
 * absolute schedule; every tenth ends a phrase.
 */
public final class TimedThinker implements Thinker {
  private static final int TOKENS = 30;
  private static final int A_PHRASE = 10;
  private static final long TOKEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final int tokens;

  /** Three phrases. */
  public TimedThinker() {
    this(TOKENS);
  }

  /** So many tokens. */
  public TimedThinker(int tokens) {
    this.tokens = tokens;
  }

  @Override
  public String name() {
    return "stub";
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    long start = System.nanoTime();
    try {
      for (int i = 0; i < tokens && !sink.cancelled(); i++) {
        TimeUnit.NANOSECONDS.sleep(start + TOKEN_NANOS * (i + 1) - System.nanoTime());
        sink.token(token(i, tokens));
      }
    } catch (InterruptedException cut) {
      Thread.currentThread().interrupt();
    }
  }

  /** A token that ends a phrase brings the first letter of the next, for splitters that look on. */
  static String token(int index, int of) {
    if (index == 0) {
      return "Aword";
    }
    if (index == of - 1) {
      return " word.";
    }
    return switch (index % A_PHRASE) {
      case 0 -> "word";
      case A_PHRASE - 1 -> " word. " + (char) ('A' + (index + 1) / A_PHRASE % 26);
      default -> " word";
    };
  }
}
