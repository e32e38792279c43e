package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes the pages of formats that have none: a section begins with a heading once there is some
 * text before it, or where a paragraph would make it longer than about {@value #LONG} characters.
 * For one thread; memory is one section.
 */
public final class Sections {
  private static final int LONG = 3000;
  private static final int SHORT = 400;

  private final Consumer<Reading> to;
  private final StringBuilder text = new StringBuilder();
  private final List<Heading> headings = new ArrayList<>();
  private int number = 1;

  /** Hands sections on as pages. */
  public Sections(Consumer<Reading> to) {
    this.to = to;
  }

  /** A heading; level 1 is the top. */
  public void heading(String words, int level) {
    String line = words.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return;
    }
    if (text.length() > SHORT) {
      flush();
    }
    separate();
    String title = line.substring(0, Math.min(300, line.length()));
    headings.add(new Heading(title, level, number, text.length()));
    text.append(title);
  }

  /** A paragraph, a list item, a row of a table: text that stands for itself. */
  public void paragraph(String words) {
    String rest = words.strip();
    while (!rest.isEmpty()) {
      int room = LONG - text.length();
      if (text.length() > SHORT && rest.length() > room) {
        flush();
        room = LONG;
      }
      int end = rest.length() <= room + SHORT ? rest.length() : cut(rest, Math.max(SHORT, room));
      separate();
      text.append(rest, 0, end);
      rest = rest.substring(end).strip();
    }
  }

  /** The end of the last sentence, else of the last word, before a limit. */
  private static int cut(String rest, int limit) {
    int sentence = rest.lastIndexOf(". ", limit);
    int line = Math.max(sentence + 1, rest.lastIndexOf('\n', limit));
    int word = rest.lastIndexOf(' ', limit);
    int end = line > limit / 2 ? line : word > limit / 2 ? word : limit;
    return Character.isLowSurrogate(rest.charAt(end)) ? end + 1 : end;
  }

  private void separate() {
    if (!text.isEmpty()) {
      text.append("\n\n");
    }
  }

  private void flush() {
    if (!text.isEmpty()) {
      Page page = new Page(number++, "", text.toString(), List.copyOf(headings), Layout.NONE);
      to.accept(new Reading.PageRead(page));
    }
    text.setLength(0);
    headings.clear();
  }

  /** Nothing more comes. Fails with DOCUMENT_HAS_NO_TEXT when nothing came. */
  public void end() {
    flush();
    if (number == 1) {
      throw dev.parley.kit.failure.Failure.of(
          dev.parley.kit.failure.Failure.Code.INVALID_ARGUMENT,
          "DOCUMENT_HAS_NO_TEXT",
          "there is no text in the file");
    }
  }
}
