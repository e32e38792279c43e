package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.regex.Pattern;

/**
 * Thinks without a model: finds, in what the character knows about itself and what the person told
 * it, the sentences that answer, and says them. What it does not find it does not invent.
 *
 * <p>Thread-safe; an answer takes well under a millisecond and depends on its thought only.
 */
public final class GroundedThinker implements Thinker {
  private static final Pattern AFTER_BLANK = Pattern.compile("(?<=\\s)(?=\\S)");

  @Override
  public String name() {
    return "grounded";
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    for (String piece : AFTER_BLANK.split(new GroundedReply(thought).text())) {
      if (sink.cancelled() || Thread.currentThread().isInterrupted()) {
        return;
      }
      sink.token(piece);
    }
  }
}
