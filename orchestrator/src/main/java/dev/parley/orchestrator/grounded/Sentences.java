package dev.parley.orchestrator.grounded;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sentences of a text, each word for word as it stands there. */
final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "mr", "mrs", "ms", "dr", "st", "prof", "no", "fig", "vol", "etc", "vs", "e.g", "i.e",
          "approx", "inc", "ltd", "art", "sec", "p", "pp");

  private Sentences() {}

  static List<String> of(String text) {
    var sentences = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (ends(text, i)) {
        add(sentences, text.substring(start, i + 1));
        start = i + 1;
      }
    }
    add(sentences, text.substring(start));
    return sentences;
  }

  private static void add(List<String> sentences, String sentence) {
    if (sentence.chars().anyMatch(java.lang.Character::isLetterOrDigit)) {
      sentences.add(sentence.strip());
    }
  }

  /** After the mark, and after quotes and brackets that close behind it. */
  private static boolean ends(String text, int i) {
    if (i + 1 < text.length() && !java.lang.Character.isWhitespace(text.charAt(i + 1))) {
      return false;
    }
    int mark = i;
    while (mark > 0 && "\"”’')]»".indexOf(text.charAt(mark)) >= 0) {
      mark--;
    }
    char c = text.charAt(mark);
    boolean paragraph = text.startsWith("\n\n", i + 1);
    return paragraph || "!?…".indexOf(c) >= 0 || c == '.' && !continues(text, mark);
  }

  private static boolean continues(String text, int dot) {
    int start = dot;
    while (start > 0 && !java.lang.Character.isWhitespace(text.charAt(start - 1))) {
      start--;
    }
    String word = text.substring(start, dot).replaceFirst("^[(\"“']+", "");
    boolean initial = word.length() == 1 && java.lang.Character.isUpperCase(word.charAt(0));
    boolean lower =
        dot + 2 < text.length() && java.lang.Character.isLowerCase(text.charAt(dot + 2));
    return lower
        || initial && !word.equals("I")
        || ABBREVIATIONS.contains(word.toLowerCase(java.util.Locale.ROOT));
  }
}
