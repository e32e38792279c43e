package dev.parley.speechsvc.synthesis;

/** Finds tags, which are never read aloud. */
final class Markup {

  private static final int MAX_TAG = 256;

  private Markup() {}

  /** Where the tag that begins at {@code at} ends, exclusive; {@code at} when there is none. */
  static int end(String text, int at) {
    if (text.charAt(at) != '<' || at + 1 >= text.length()) {
      return at;
    }
    char next = text.charAt(at + 1);
    if (!Character.isLetter(next) && next != '/' && next != '!' && next != '?') {
      return at;
    }
    int limit = Math.min(text.length(), at + MAX_TAG);
    for (int i = at + 1; i < limit; i++) {
      if (text.charAt(i) == '>') {
        return i + 1;
      }
    }
    return at;
  }
}
