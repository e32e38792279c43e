package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Thinks without a model: finds, in the character's documents, in what it knows about itself and in
 * what the person told it, the sentences that answer, and says them with where they come from. What
 * it does not find it does not invent.
 *
 * <p>Thread-safe; an answer takes a few milliseconds at most and depends on its thought only.
 */
public final class GroundedThinker implements Thinker {
  private static final Pattern AFTER_BLANK = Pattern.compile("(?<=\\s)(?=\\S)");

  @Override
  public String name() {
    return "grounded";
  }

  @Override
  public void think(Thought thought, TokenSink sink) {
    List<Saying> sayings = new GroundedReply(thought).sayings();
    for (int i = 0; i < sayings.size(); i++) {
      Saying it = sayings.get(i);
      for (String piece : AFTER_BLANK.split(it.text())) {
        if (sink.cancelled() || Thread.currentThread().isInterrupted()) {
          return;
        }
        sink.token(piece);
      }
      if (it.number() > 0) {
        sink.cites(it.number(), it.quote());
      }
      if (i + 1 < sayings.size()) {
        sink.token(" ");
      }
    }
  }
}
