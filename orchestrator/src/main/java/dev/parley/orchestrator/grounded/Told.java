package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Thought;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the person told, said back to them, with the memory it comes from. */
record Told(Thought thought, PersonSaid person) {
  /** So much is said at once to who asks for everything. */
  private static final int MOST = 3;

  /** One statement, said back. */
  static String back(String statement) {
    return "You told me that " + SecondPerson.clause(statement) + ".";
  }

  /** Everything, newest first, as much as can be listened to. */
  List<Saying> everything() {
    List<Saying> sayings = new ArrayList<>();
    for (String it : person.statements()) {
      if (sayings.size() < MOST && !isPartOfAnother(it)) {
        String lead = sayings.isEmpty() ? "You told me that " : "You also said that ";
        sayings.add(saying(lead + SecondPerson.clause(it) + ".", it));
      }
    }
    return sayings.isEmpty()
        ? List.of(Saying.own("You haven't told me anything about yourself yet."))
        : sayings;
  }

  /** An answer with the memory it comes from, where it is what was recalled. */
  Saying sourced(String answer) {
    return person.statements().stream()
        .filter(it -> answer.equals(back(it)))
        .findFirst()
        .map(it -> saying(answer, it))
        .orElseGet(() -> Saying.own(answer));
  }

  private Saying saying(String text, String statement) {
    for (int i = 0; i < thought.memories().size(); i++) {
      for (String said : Sentences.of(thought.memories().get(i).personText())) {
        if (bare(said).equals(bare(statement))) {
          return new Saying(text, thought.passages().size() + i + 1, said);
        }
      }
    }
    return Saying.own(text);
  }

  /** A fact taken from a sentence that stands here too. */
  private boolean isPartOfAnother(String statement) {
    String part = bare(statement);
    return person.statements().stream()
        .map(Told::bare)
        .anyMatch(it -> it.length() > part.length() && it.contains(part));
  }

  private static String bare(String statement) {
    return statement.strip().toLowerCase(Locale.ROOT).replaceFirst("[\\s.!?]+$", "");
  }
}
