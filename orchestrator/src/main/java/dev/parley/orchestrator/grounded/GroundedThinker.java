package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import java.util.ArrayList;
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
    List<Saying> all = new GroundedReply(thought).sayings();
    List<Saying> sayings = left(all, thought.said());
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

  /**
   * What is left of an answer of which a part was said by a process that is gone; none where it
   * said something else, since memory or documents answered otherwise.
   */
  private static List<Saying> left(List<Saying> all, String said) {
    var left = new ArrayList<Saying>();
    int at = 0;
    for (Saying it : all) {
      int from = Math.clamp(said.length() - at, 0, it.text().length());
      boolean same = said.startsWith(it.text().substring(0, from), Math.min(at, said.length()));
      if (!same) {
        return List.of();
      }
      if (from < it.text().length()) {
        String blank = !said.isEmpty() && said.length() == at - 1 ? " " : "";
        left.add(new Saying(blank + it.text().substring(from), it.number(), it.quote()));
      }
      at += it.text().length() + 1;
    }
    return left;
  }
}
