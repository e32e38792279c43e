package dev.parley.kit.audit;

/** Texts as every store can keep them. */
public final class Keepable {
  private static final int REPLACEMENT = 0xFFFD;

  private Keepable() {}

  /**
   * With U+FFFD in the place of U+0000, which PostgreSQL keeps in no text, and of halves of
   * surrogate pairs, which have no UTF-8. What a caller sent is told before anybody has looked at
   * it.
   */
  public static String text(String text) {
    if (text.codePoints().noneMatch(Keepable::isRefused)) {
      return text;
    }
    return text.codePoints()
        .map(it -> isRefused(it) ? REPLACEMENT : it)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isRefused(int it) {
    return it == 0 || it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE;
  }
}
