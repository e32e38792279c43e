package dev.parley.orchestrator.grounded;

import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Exchange;
import dev.parley.orchestrator.conversation.Thought;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One answer, found sentence by sentence. */
final class GroundedReply {
  /**
   * A sentence that covers less of a question is no answer. Chosen on one set of questions and
   * tested on another; {@code docs/thinkers.md} has the figures.
   */
  static final double ENOUGH = 0.43;

  private static final double FIRM = 0.6;
  private static final double SECOND = 0.95;
  private static final Pattern POINTS_BACK =
      Pattern.compile(".*\\b(?:he|she|it|they|him|her|his|its|their|them|that|there|one)\\b.*");

  private final Thought thought;
  private final Character character;
  private final Question question;
  private final PersonSaid person;
  private final Passages facts;

  private final double enough;

  GroundedReply(Thought thought) {
    this(thought, ENOUGH);
  }

  GroundedReply(Thought thought, double enough) {
    this.thought = thought;
    this.enough = enough;
    this.character = thought.character();
    this.question = Question.of(thought.input(), character.displayName());
    this.person = PersonSaid.in(thought);
    this.facts = Passages.loose(character.personaFacts());
  }

  String text() {
    if (thought.input().isBlank()) {
      return character.greeting();
    }
    Optional<Foreign> foreign =
        thought.language().startsWith("en") ? Foreign.of(thought.input()) : Optional.empty();
    if (foreign.isPresent()) {
      return foreignReply(foreign.get().spoken());
    }
    String answer = answer();
    boolean greets = question.greeted() && question.kind() != Question.Kind.GREETING;
    return greets ? hello() + " " + answer : answer;
  }

  private String answer() {
    Terms terms = Terms.of(question.plain().replaceFirst("^(how do(?:es)? .+) work$", "$1"));
    Terms nothing = Terms.of("");
    return switch (question.kind()) {
      case GREETING -> greeting();
      case TELLS_NAME -> metBy(Question.nameIn(question.text()));
      case ASKS_OWN_NAME ->
          person
              .name()
              .map(it -> "You told me that your name is " + it + ".")
              .orElse("I don't know your name yet. What should I call you?");
      case ASKS_IDENTITY -> aboutOrIdentity(terms);
      case ASKS_ABILITY -> found(nothing.withConcept("#ability")).orElseGet(this::abilities);
      case ASKS_ORIGIN -> found(nothing.withConcept("#origin")).orElseGet(this::unknown);
      case ASKS_WORK -> found(nothing.withConcept("#job")).orElseGet(this::unknown);
      case ASKS_NATURE -> found(nothing.withConcept("#real")).orElseGet(this::unknown);
      case ASKS_MOOD -> found(nothing.withConcept("#mood")).orElse("I'm here and listening.");
      case THANKS -> "You're welcome" + person.name().map(it -> ", " + it).orElse("") + ".";
      case FAREWELL -> "Goodbye" + person.name().map(it -> ", " + it).orElse("") + ".";
      case REPEAT -> lastReply().map(it -> "I said: " + it).orElse("I haven't said anything yet.");
      case MORE -> more();
      case ASKS_MEMORY, ASKS_ABOUT_PERSON -> remembered(terms);
      case STATEMENT -> noted(terms);
      case QUESTION -> found(pointed(terms)).or(() -> told(terms)).orElseGet(this::unknown);
    };
  }

  private String hello() {
    return person.name().map(it -> "Hello, " + it + ".").orElse("Hello.");
  }

  private String greeting() {
    boolean again = person.anything() || lastReply().isPresent();
    String fresh = character.greeting().isBlank() ? hello() : character.greeting();
    return again ? hello().replaceFirst("^Hello", "Hello again") : fresh;
  }

  private String metBy(Optional<String> name) {
    return name.map(it -> "Nice to meet you, " + it + ". I'm " + character.displayName() + ".")
        .orElseGet(() -> noted(Terms.of(question.plain())));
  }

  private String aboutOrIdentity(Terms terms) {
    List<String> fresh = unsaid();
    String name = "I'm " + character.displayName();
    String first =
        facts.texts().stream().filter(it -> it.startsWith(name)).findFirst().orElse(name + ".");
    if (question.plain().contains("your name")) {
      return first;
    }
    return fresh.stream()
        .filter(it -> !it.equals(first))
        .skip(question.plain().contains("yourself") ? 2 : 0)
        .findFirst()
        .map(it -> first + " " + it)
        .orElse(first);
  }

  private String abilities() {
    return "I can talk with you about "
        + (character.description().isBlank() ? "what I know" : "myself and what you tell me")
        + ", and remember it.";
  }

  /** The sentence that answers best, with a second one when it is nearly as good. */
  private Optional<String> found(Terms terms) {
    List<Passages.Scored> best = facts.best(terms, Asks.of(question.plain()));
    if (best.isEmpty() || best.getFirst().covered() < enough) {
      return Optional.empty();
    }
    Passages.Scored first = best.getFirst();
    return Optional.of(
        best.stream()
            .skip(1)
            .filter(it -> it.covered() >= FIRM && it.score() >= first.score() * SECOND)
            .filter(it -> unsaid().contains(it.text()))
            .findFirst()
            .map(it -> first.text() + " " + it.text())
            .orElse(first.text()));
  }

  /** What the person told that answers. */
  private Optional<String> told(Terms terms) {
    return Passages.strict(person.statements()).best(terms, Asks.of(question.plain())).stream()
        .findFirst()
        .filter(it -> it.covered() >= enough)
        .map(it -> "You told me that " + SecondPerson.clause(it.text()) + ".");
  }

  private String remembered(Terms terms) {
    if (!terms.telling()) {
      return person.statements().stream()
          .findFirst()
          .map(it -> "You told me that " + SecondPerson.clause(it) + ".")
          .orElse("You haven't told me anything about yourself yet.");
    }
    return told(terms)
        .or(() -> asksOwn() ? Optional.of("You haven't told me that yet.") : found(terms))
        .orElseGet(this::unknown);
  }

  private boolean asksOwn() {
    return question.plain().matches(".*\\b(?:my|mine)\\b.*");
  }

  private String noted(Terms terms) {
    String kept = "I'll remember that " + SecondPerson.clause(question.text()) + ".";
    return facts.best(terms, Asks.WHAT).stream()
        .filter(it -> it.covered() >= enough && unsaid().contains(it.text()))
        .findFirst()
        .map(it -> kept + " " + it.text())
        .orElse(kept);
  }

  /** Goes on where the last reply was: what is nearest to it and not yet said. */
  private String more() {
    List<String> fresh = unsaid();
    Terms last = Terms.of(lastReply().orElse(""));
    return facts.best(last, Asks.of(question.plain())).stream()
        .map(Passages.Scored::text)
        .filter(fresh::contains)
        .findFirst()
        .or(() -> fresh.stream().findFirst())
        .orElse("That is all I know about myself.");
  }

  /** The question with what it points back to: "how old is she" after a word about a cat. */
  private Terms pointed(Terms terms) {
    boolean back = POINTS_BACK.matcher(question.plain()).matches() || !terms.telling();
    if (!back || thought.history().isEmpty()) {
      return terms;
    }
    return terms.with(Terms.of(thought.history().getLast().personText()), 0.5);
  }

  private List<String> unsaid() {
    Set<String> said = new HashSet<>();
    for (Exchange it : thought.history()) {
      facts.texts().stream().filter(it.characterText()::contains).forEach(said::add);
    }
    var fresh = new ArrayList<>(facts.texts());
    fresh.removeAll(said);
    return fresh;
  }

  private Optional<String> lastReply() {
    return thought.history().isEmpty()
        ? Optional.empty()
        : Optional.of(thought.history().getLast().characterText()).filter(it -> !it.isBlank());
  }

  private String unknown() {
    return "I don't know that. I only know my own story and what you tell me; connect a language"
        + " model with the setting orchestrator.model-url, and I can answer much more.";
  }

  private static String foreignReply(String language) {
    return "That sounds like "
        + language
        + ". On my own I only understand English; connect a language model with the setting"
        + " orchestrator.model-url, and I can follow you in other languages.";
  }
}
