package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the text of a document says about it, gathered page by page in bounded memory. */
final class Description {
  private static final int SAMPLE = 1000;
  private static final int SAMPLES = 6;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern NO_TITLE =
      Pattern.compile(
          "(?i)^(microsoft word - .*|untitled.*|document\\d*|slide \\d+|.*\\.(docx?|pdf|txt|tex|dvi|indd|html?))$");

  private final List<Heading> headings = new ArrayList<>();
  private final List<String> samples = new ArrayList<>();
  private int words;
  private int pages;

  void add(Page page) {
    pages++;
    words += (int) WORD.matcher(page.text()).results().count();
    page.headings().stream()
        .limit(Math.max(0, Facts.HEADINGS - headings.size()))
        .forEach(headings::add);
    if (page.text().length() > 100 && samples.size() < SAMPLES || samples.isEmpty()) {
      samples.add(page.text().substring(0, Math.min(SAMPLE, page.text().length())));
    }
  }

  List<Heading> headings() {
    return List.copyOf(headings);
  }

  /** A few texts that stand for all of it. */
  List<String> samples() {
    return samples.stream().filter(it -> !it.isBlank()).toList();
  }

  int words() {
    return words;
  }

  int pages() {
    return pages;
  }

  /**
   * The title the file tells, unless a program made it up; else the first heading near the start.
   */
  String title(String told) {
    String title = told.strip();
    if (!title.isEmpty() && !NO_TITLE.matcher(title).matches()) {
      return shorten(title);
    }
    return headings.stream()
        .filter(it -> it.level() == 1 && it.page() <= 2)
        .findFirst()
        .map(it -> shorten(it.text()))
        .orElse("");
  }

  private static String shorten(String it) {
    return it.substring(0, Math.min(200, it.length())).strip();
  }
}
