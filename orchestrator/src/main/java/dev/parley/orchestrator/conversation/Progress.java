package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** How far a session has come: what was said lately, its title, its turns. Not thread-safe. */
final class Progress {
  private static final int REMEMBERED = 100;
  private static final int LONGEST_TITLE = 80;
  private final SessionRecord record;
  private final Parts parts;
  private final ArrayDeque<Exchange> history = new ArrayDeque<>();
  private String title;
  private int turns;

  Progress(SessionRecord record, Parts parts, Collection<Exchange> earlier) {
    this.record = record;
    this.parts = parts;
    this.title = record.title();
    this.turns = record.turnCount();
    history.addAll(earlier);
  }

  /** The first words of a session are its title. */
  void begun(String input) {
    if (title.isEmpty() && !input.isEmpty()) {
      title = input.substring(0, Math.min(LONGEST_TITLE, input.length()));
    }
  }

  /** A turn is over. */
  void over(String input, String heard) {
    turns++;
    if (!input.isEmpty() || !heard.isEmpty()) {
      history.add(new Exchange(input, heard));
      if (history.size() > REMEMBERED) {
        history.remove();
      }
    }
  }

  /** The last exchange did not happen after all: the person went on speaking. */
  void takeBack() {
    history.pollLast();
  }

  /** The last exchanges, oldest first. */
  List<Exchange> recent(int count) {
    return history.stream().skip(Math.max(0, history.size() - count)).toList();
  }

  /** Keeps title and count, in the background; what fails is told there. */
  void keep(Consumer<Failure> failed) {
    int count = turns;
    String name = title;
    parts
        .upkeep()
        .execute(() -> {
          try {
            parts.sessions().touch(record.owner(), record.id(), Instant.now(), count, name);
          } catch (Failure down) {
            failed.accept(down);
          }
        });
  }
}
