package dev.parley.documentsvc.pdf;

import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Layout;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.WordBox;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a page's text in reading order, and where each word of it stands. Lines of a paragraph
 * become one, words broken at the end of a line become whole, rows of tables get {@code |} between
 * their cells, headings stand alone.
 */
final class PageText {
  private static final float ALIGNED = 4;

  private final PageDraft page;
  private final Headings headings;
  private final StringBuilder text = new StringBuilder();
  private final List<WordBox> words = new ArrayList<>();
  private final List<Heading> found = new ArrayList<>();

  private PageText(PageDraft page, float body) {
    this.page = page;
    this.headings = new Headings(page.outlined(), body);
  }

  /**
   * The page.
   *
   * @param body size of running text, in points
   */
  static Page of(PageDraft page, float body) {
    PageText it = new PageText(page, body);
    Blocks.of(page.body()).forEach(it::block);
    it.turned();
    it.headings
        .rest()
        .forEach(h -> it.found.addFirst(new Heading(h.title(), h.level(), page.number(), 0)));
    return new Page(page.number(), page.label(), it.text.toString(), it.found, Layout.of(it.words));
  }

  private void block(List<Row> rows) {
    float right = (float) rows.stream().mapToDouble(Row::right).max().orElse(0);
    float width = right - (float) rows.stream().mapToDouble(Row::left).min().orElse(0);
    Row before = null;
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (text.length() > Parser.MAX_PAGE) {
        return;
      }
      boolean table = isTableRow(rows, i);
      int level = table ? 0 : headings.level(row);
      boolean title = level > 0;
      if (before == null || title) {
        separate("\n\n");
      } else {
        join(before, row, table || isTableRow(rows, i - 1), right - 0.2f * width);
      }
      int start = text.length();
      write(row, table);
      if (title) {
        found.add(new Heading(text.substring(start), level, page.number(), start));
        before = null;
      } else {
        before = row;
      }
    }
  }

  /** Several cells, of which one begins or ends where one of a neighbouring row does. */
  private static boolean isTableRow(List<Row> rows, int i) {
    Row row = rows.get(i);
    return row.runs().size() > 1
        && (i > 0 && areAligned(row, rows.get(i - 1))
            || i + 1 < rows.size() && areAligned(row, rows.get(i + 1)));
  }

  private static boolean areAligned(Row a, Row b) {
    return b.runs().size() > 1
        && a.runs().stream()
            .skip(1)
            .anyMatch(it ->
                b.runs().stream()
                    .skip(1)
                    .anyMatch(other ->
                        Math.abs(it.left() - other.left()) < ALIGNED
                            || Math.abs(it.right() - other.right()) < ALIGNED));
  }

  private void join(Row before, Row row, boolean table, float nearEnd) {
    float leading = row.top() - before.top();
    if (leading > 1.9f * Math.max(before.size(), row.size())) {
      separate("\n\n");
    } else if (table || row.isItem() || endsShort(before, row, nearEnd)) {
      separate("\n");
    } else if (isBroken(row)) {
      text.setLength(text.length() - 1);
      shortenLastWord();
    } else {
      separate(" ");
    }
  }

  /** The row before ends well before the others do, so a paragraph ends there. */
  private static boolean endsShort(Row before, Row row, float nearEnd) {
    Glyph first = row.runs().getFirst().glyphs().getFirst();
    boolean small = Character.isLowerCase(first.text().codePointAt(0));
    return !small && before.right() < nearEnd;
  }

  private boolean isBroken(Row row) {
    int length = text.length();
    int next = row.runs().getFirst().glyphs().getFirst().text().codePointAt(0);
    return length > 1
        && (text.charAt(length - 1) == '-' || text.charAt(length - 1) == '\u00AD')
        && Character.isLetter(text.charAt(length - 2))
        && Character.isLowerCase(next);
  }

  private void shortenLastWord() {
    WordBox last = words.removeLast();
    words.add(
        new WordBox(last.start(), last.end() - 1, last.x(), last.y(), last.width(), last.height()));
  }

  private void separate(String by) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
    if (end > 0) {
      text.append(by);
    }
  }

  private void write(Row row, boolean table) {
    for (int i = 0; i < row.runs().size(); i++) {
      if (i > 0) {
        text.append(table ? " | " : " ");
      }
      write(row.runs().get(i).glyphs(), true);
    }
  }

  private void write(List<Glyph> glyphs, boolean boxed) {
    int first = 0;
    for (int i = 1; i <= glyphs.size(); i++) {
      if (i == glyphs.size() || Run.blankBetween(glyphs.get(i - 1), glyphs.get(i))) {
        if (first > 0) {
          text.append(' ');
        }
        word(glyphs.subList(first, i), boxed);
        first = i;
      }
    }
  }

  private void word(List<Glyph> glyphs, boolean boxed) {
    int start = text.length();
    for (Glyph it : glyphs) {
      text.append(plain(it.text()));
    }
    if (!boxed || text.length() == start) {
      return;
    }
    Glyph head = glyphs.getFirst();
    float right = glyphs.getLast().end();
    words.add(
        new WordBox(
            start,
            text.length(),
            head.x() / page.width(),
            (head.baseline() - 0.85f * head.size()) / page.height(),
            (right - head.x()) / page.width(),
            1.1f * head.size() / page.height()));
  }

  /** Ligatures as letters; everything else as it is. */
  private static String plain(String glyph) {
    char first = glyph.charAt(0);
    return first >= '\uFB00' && first <= '\uFB06'
        ? java.text.Normalizer.normalize(glyph, java.text.Normalizer.Form.NFKC)
        : glyph;
  }

  /** Text that stands on its side or head comes last, and has no marks. */
  private void turned() {
    for (Run run : page.turned()) {
      if (text.length() > Parser.MAX_PAGE) {
        return;
      }
      separate("\n");
      write(run.glyphs(), false);
    }
  }
}
