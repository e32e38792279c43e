package dev.parley.memorysvc.recollection;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a text only asks. Recognised speech has no question marks, so first words count too. */
final class Question {
  private static final Pattern ASKING =
      Pattern.compile(
          "^(?:(?:and|so|but|hey|okay|ok|well|please)[, ]+)*"
              + "(?:what|where|when|who|whose|which|why|how|do|does|did|is|are|was|were|am|can"
              + "|could|would|will|shall|should|have|has|tell me|remind me)\\b.*",
          Pattern.DOTALL);

  private Question() {}

  static boolean is(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    if (plain.endsWith("?")) {
      return !plain.substring(0, plain.length() - 1).matches("(?s).*[.!]\\s.*");
    }
    return ASKING.matcher(plain).matches() && !plain.matches("(?s).*[.!]\\s+\\S.*");
  }
}
