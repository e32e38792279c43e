package dev.parley.documentsvc.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which rows are headings. Where the outline names headings of a page, those are found on it by
 * their words; else a short row of larger, or all bold, type is one. Levels of the latter follow
 * from the size: 1.6 times that of running text is the first, 1.3 the second, 1.12 the third, bold
 * the fourth.
 */
final class Headings {
  private static final int LONGEST = 120;
  private static final int LONGEST_BOLD = 60;

  private final List<PageDraft.Outlined> outlined;
  private final boolean known;
  private final float body;

  Headings(List<PageDraft.Outlined> outlined, float body) {
    this.outlined = new ArrayList<>(outlined);
    this.known = !outlined.isEmpty();
    this.body = body;
  }

  /** The level of a row; 0 when it is no heading. */
  int level(Row row) {
    if (known) {
      return outlinedLevel(row.text());
    }
    float ratio = row.size() / body;
    boolean large = ratio >= 1.12f;
    if (!large && (row.runs().size() > 1 || !row.isBold())) {
      return 0; // Most rows, whose words need not be looked at.
    }
    String text = row.text();
    if (text.length() > LONGEST || text.length() < 2 || !hasLetters(text)) {
      return 0;
    }
    if (large) {
      return ratio >= 1.6f ? 1 : ratio >= 1.3f ? 2 : 3;
    }
    boolean title = text.length() <= LONGEST_BOLD && !text.endsWith(".");
    return title && Character.isUpperCase(firstLetter(text)) ? 4 : 0;
  }

  private int outlinedLevel(String text) {
    String words = words(text);
    for (PageDraft.Outlined it : outlined) {
      String title = words(it.title());
      boolean same = words.equals(title) || !title.isEmpty() && words.endsWith(title);
      if (same && words.length() <= title.length() + 12) {
        outlined.remove(it);
        return it.level();
      }
    }
    return 0;
  }

  /** Entries of the outline that stand nowhere on the page. */
  List<PageDraft.Outlined> rest() {
    return outlined.reversed();
  }

  private static boolean hasLetters(String text) {
    return text.chars().filter(Character::isLetter).count() * 2 >= text.length();
  }

  private static int firstLetter(String text) {
    return text.chars().filter(Character::isLetter).findFirst().orElse('a');
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
