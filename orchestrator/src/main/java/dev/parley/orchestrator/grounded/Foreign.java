package dev.parley.orchestrator.grounded;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Languages that are noticed but not understood, told by their commonest words: none of these is an
 * English word, so that a few of them in a text decide.
 */
enum Foreign {
  GERMAN(
      "ich du wir ihr mich dich mir dir nicht ist bist sind wie wer wo warum was wann und oder aber"
          + " ein eine einen der das den dem mit von auf zu für heißt heisst hast haben kannst"
          + " können magst gerne mein dein meine deine guten tag danke bitte hallo wohnst geht"
          + " machst über kommst alt"),
  FRENCH(
      "je tu nous vous il elle est es suis sont ne pas que qui quoi où comment pourquoi quand et ou"
          + " mais un une des le la les du de mon ton ma ta avec pour bonjour merci oui aimes aime"
          + " parlez quel quelle âge ça va t'appelles habites c'est qu'est-ce j'ai"),
  SPANISH(
      "yo tú usted nosotros eres soy es son está no qué quién dónde cómo por cuándo y o pero un una"
          + " el la los las de con para hola gracias sí te gusta llamas vives tu mi cuántos años"
          + " hablas buenos días");

  private static final Set<String> ALSO_ENGLISH =
      Set.of("was", "den", "des", "son", "no", "a", "o", "y", "es", "un", "mi", "la", "alt", "ton");

  private final Set<String> words;

  Foreign(String words) {
    this.words = Set.copyOf(List.of(words.split(" ")).stream().distinct().toList());
  }

  /** The language of a text, if it is one of these rather than English. */
  static Optional<Foreign> of(String text) {
    List<String> words = English.words(text, 60);
    return Arrays.stream(values())
        .max((a, b) -> Double.compare(a.share(words), b.share(words)))
        .filter(it -> it.share(words) >= 0.4 && it.decided(words));
  }

  /** In English, as it is spoken. */
  String spoken() {
    return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  private double share(List<String> words) {
    return words.isEmpty()
        ? 0
        : (double) words.stream().filter(this.words::contains).count() / words.size();
  }

  /** Some word that English has not, and more words than English would explain. */
  private boolean decided(List<String> said) {
    long own =
        said.stream().filter(words::contains).filter(it -> !ALSO_ENGLISH.contains(it)).count();
    long english =
        said.stream().filter(English::saysLittle).filter(it -> !words.contains(it)).count();
    return own > 0 && own > english;
  }
}
