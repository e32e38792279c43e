package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Thought;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person told about themselves, in this session and in recalled ones, newest first. */
final class PersonSaid {
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");

  private final List<String> statements = new ArrayList<>();
  private final List<String> everything = new ArrayList<>();

  private PersonSaid() {}

  static PersonSaid in(Thought thought) {
    var said = new PersonSaid();
    List<Exchange> newestFirst = new ArrayList<>(thought.history());
    Collections.reverse(newestFirst);
    String name = thought.character().displayName();
    Stream.concat(
            newestFirst.stream().map(Exchange::personText),
            thought.memories().stream().map(Recalled::personText))
        .flatMap(SENTENCE_END::splitAsStream)
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .distinct()
        .forEach(it -> said.add(it, Question.of(it, name)));
    return said;
  }

  private void add(String sentence, Question read) {
    everything.add(sentence);
    switch (read.kind()) {
      case STATEMENT, TELLS_NAME -> statements.add(read.text());
      default -> {}
    }
  }

  /** Sentences in which they told something. */
  List<String> statements() {
    return List.copyOf(statements);
  }

  /** What they called themselves last. */
  Optional<String> name() {
    return everything.stream().map(Question::nameIn).flatMap(Optional::stream).findFirst();
  }

  /** Whether they said anything before. */
  boolean anything() {
    return !everything.isEmpty();
  }
}
