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
import java.util.stream.Collectors;

/** One answer, found sentence by sentence. */
final class GroundedReply {
  /**
   * A sentence that covers less of a question is no answer. Chosen on one set of questions and
   * tested on another; {@code docs/thinkers.md} has the figures.
   */
  static final double ENOUGH = 0.43;

  private static final double SURE = 0.8;
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
  private final double enoughQuoted;

  /** The same for sentences of documents. */
  static final double ENOUGH_QUOTED = 0.6;

  GroundedReply(Thought thought) {
    this(thought, ENOUGH, ENOUGH_QUOTED);
  }

  GroundedReply(Thought thought, double enough, double enoughQuoted) {
    this.thought = thought;
    this.enough = enough;
    this.enoughQuoted = enoughQuoted;
    this.character = thought.character();
    this.question = Question.of(thought.input(), character.displayName());
    this.person = PersonSaid.in(thought);
    this.facts = Passages.loose(character.personaFacts());
  }

  String text() {
    return sayings().stream().map(Saying::text).collect(Collectors.joining(" "));
  }

  /** What it says, sentence by sentence where it quotes. */
  List<Saying> sayings() {
    if (thought.input().isBlank()) {
      return List.of(Saying.own(character.greeting()));
    }
    Optional<Foreign> foreign =
        thought.language().startsWith("en") ? Foreign.of(thought.input()) : Optional.empty();
    if (foreign.isPresent()) {
      return List.of(Saying.own(foreignReply(foreign.get().spoken())));
    }
    var sayings = new ArrayList<Saying>();
    if (question.greeted() && question.kind() != Question.Kind.GREETING) {
      sayings.add(Saying.own(hello()));
    }
    var told = new Told(thought, person);
    if (question.kind() == Question.Kind.ASKS_EVERYTHING_TOLD) {
      sayings.addAll(told.everything());
      return sayings;
    }
    List<Saying> quoted = asksDocuments() ? quoted() : List.of();
    sayings.addAll(quoted.isEmpty() ? List.of(told.sourced(answer())) : quoted);
    return sayings;
  }

  /** Documents answer questions that are not about the character or the person. */
  private boolean asksDocuments() {
    return switch (question.kind()) {
      case QUESTION -> !aboutCharacter() || found(pointed(Terms.of(question.plain()))).isEmpty();
      case ASKS_ABOUT_PERSON -> told(Terms.of(question.plain())).isEmpty();
      default -> false;
    };
  }

  private boolean aboutCharacter() {
    return question.plain().matches(".*\\b(?:you|your|yours|yourself)\\b.*");
  }

  private List<Saying> quoted() {
    return new Quotes(thought.passages()).answering(question.plain(), enoughQuoted);
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
      case ASKS_MEMORY, ASKS_EVERYTHING_TOLD, ASKS_ABOUT_PERSON -> remembered(terms);
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
    if (best.isEmpty() || best.getFirst().covered() < enoughOfMe()) {
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

  /** A reader is asked about the world: it answers of itself what surely means itself. */
  private double enoughOfMe() {
    boolean reader = !character.collectionIds().isEmpty() && !aboutCharacter();
    return reader ? Math.max(enough, SURE) : enough;
  }

  /** What the person told that answers. */
  private Optional<String> told(Terms terms) {
    return Passages.strict(person.statements()).best(terms, Asks.of(question.plain())).stream()
        .findFirst()
        .filter(it -> it.covered() >= enough)
        .map(it -> Told.back(it.text()));
  }

  private String remembered(Terms terms) {
    if (!terms.telling()) {
      return person.statements().stream()
          .findFirst()
          .map(Told::back)
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
    if (thought.unsearched() && asksDocuments()) {
      return "I couldn't look into my documents in time. Please ask me once more.";
    }
    if (!character.collectionIds().isEmpty()) {
      return "I don't know that. I find no answer in my documents, nor in what you told me.";
    }
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
