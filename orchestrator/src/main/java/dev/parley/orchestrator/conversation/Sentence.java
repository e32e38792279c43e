package dev.parley.orchestrator.conversation;

import java.util.Set;

/**
 * A sentence of a text, in UTF-16 code units.
 *
 * @param start its first character that is no blank
 * @param end after its last character; marks that end it belong to it
 * @param closed whether it has ended, so that no more text can belong to it
 */
record Sentence(int start, int end, boolean closed) {
  private static final Set<String> TITLES =
      Set.of("Mr", "Mrs", "Ms", "Dr", "St", "vs", "etc", "Prof", "No", "Fig", "approx");

  /** The sentence that the last word before {@code position} belongs to, else the first one. */
  static Sentence before(CharSequence text, int position) {
    int anchor = position - 1;
    while (anchor >= 0 && blank(text, anchor)) {
      anchor--;
    }
    anchor = Math.max(0, anchor);
    int start = anchor;
    while (start > 0 && !ends(text, start - 1)) {
      start--;
    }
    while (start < text.length() && blank(text, start)) {
      start++;
    }
    int end = anchor;
    while (end < text.length() && !ends(text, end)) {
      end++;
    }
    boolean closed = end < text.length();
    return new Sentence(start, closed ? end + 1 : end, closed);
  }

  /** Whether a sentence ends with that character; the next one must be there and be a blank. */
  private static boolean ends(CharSequence text, int i) {
    char c = text.charAt(i);
    if (c == '\n' || "。！？".indexOf(c) >= 0) {
      return true;
    }
    boolean then = i + 1 < text.length() && blank(text, i + 1);
    return then && (".!?…".indexOf(c) >= 0 || closing(text, i)) && !abbreviated(text, i);
  }

  /** A quote or bracket that closes after the mark that ends the sentence. */
  private static boolean closing(CharSequence text, int i) {
    return i > 0
        && "\"”’')]»".indexOf(text.charAt(i)) >= 0
        && ".!?…".indexOf(text.charAt(i - 1)) >= 0;
  }

  private static boolean abbreviated(CharSequence text, int dot) {
    if (text.charAt(dot) != '.') {
      return false;
    }
    int start = dot;
    while (start > 0 && java.lang.Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    String word = text.subSequence(start, dot).toString();
    return word.length() == 1 && !word.equals("I") || TITLES.contains(word);
  }

  private static boolean blank(CharSequence text, int i) {
    return java.lang.Character.isWhitespace(text.charAt(i));
  }
}
