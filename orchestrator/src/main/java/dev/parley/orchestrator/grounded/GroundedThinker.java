package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/**
 * Thinks without a model: finds, in what the character knows about itself and what the person told
 * it, the sentences that answer, and says them. What it does not find it does not invent.
 *
 * <p>Thread-safe; an answer takes well under a millisecond and depends on its thought only. No more
 * answers are worked out at once than there are cores: what waits for a core would only stand
 * before those who wait for nothing else, as an interruption.
 */
public final class GroundedThinker implements Thinker {
  private static final Pattern AFTER_BLANK = Pattern.compile("(?<=\\s)(?=\\S)");

  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  @Override
  public String name() {
    return "grounded";
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    for (String piece : AFTER_BLANK.split(reply(thought))) {
      if (sink.cancelled() || Thread.currentThread().isInterrupted()) {
        return;
      }
      sink.token(piece);
    }
  }

  private String reply(Thought thought) {
    try {
      cores.acquire();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return "";
    }
    try {
      return new GroundedReply(thought).text();
    } finally {
      cores.release();
    }
  }
}
