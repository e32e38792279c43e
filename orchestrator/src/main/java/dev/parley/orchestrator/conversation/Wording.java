package dev.parley.orchestrator.conversation;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What spoken words become: a question, the rest of one that was answered too early, or the yes to
 * "did you say". Not thread-safe.
 */
final class Wording {
  private static final Set<String> AFFIRMATIONS =
      Set.of("yes", "yeah", "yep", "yup", "right", "correct", "exactly", "i did", "yes i did");
  private Optional<String> unfinished = Optional.empty();
  private Optional<String> doubted = Optional.empty();

  /** The character was cut before anything was heard of its answer to this. */
  void unanswered(String question) {
    unfinished = Optional.of(question);
  }

  /** Whether a question waits for its rest. */
  boolean open() {
    return unfinished.isPresent();
  }

  /** No more follows: the question that waited for its rest. */
  Optional<String> settle() {
    Optional<String> question = unfinished;
    unfinished = Optional.empty();
    return question;
  }

  /** The question that these words make, together with what came before. */
  String question(String text) {
    Optional<String> confirmed = doubted.filter(d -> affirms(text));
    doubted = Optional.empty();
    return settle().map(before -> before + " " + text).or(() -> confirmed).orElse(text);
  }

  /** Whether these words, however uncertain, answer "did you say" with a yes. */
  boolean confirms(String text) {
    return doubted.isPresent() && affirms(text);
  }

  private static boolean affirms(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} ]", "").strip();
    return AFFIRMATIONS.contains(plain);
  }

  /** The words are so uncertain that the character asks back; what it says. */
  String askBack(String text) {
    doubted = Optional.of(text);
    return "I am not sure I heard you. Did you say: " + text + "?";
  }
}
