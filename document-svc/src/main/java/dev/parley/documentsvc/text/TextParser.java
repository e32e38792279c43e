package dev.parley.documentsvc.text;

import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.library.Sections;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Plain text in any charset; paragraphs end at empty lines. Memory is one paragraph. */
public final class TextParser implements Parser {
  private static final int LONGEST = 8000;

  @Override
  public void parse(Path file, Consumer<Reading> to) throws IOException {
    to.accept(new Reading.Opened(0));
    to.accept(new Reading.Told("", List.of(), Optional.empty(), Optional.empty()));
    Sections sections = new Sections(to);
    StringBuilder paragraph = new StringBuilder();
    try (BufferedReader reader = Charsets.open(file)) {
      char[] buffer = new char[LONGEST];
      int read = reader.read(buffer);
      while (read >= 0) {
        for (int i = 0; i < read; i++) {
          take(buffer[i], paragraph, sections);
        }
        read = reader.read(buffer);
      }
    }
    sections.paragraph(paragraph.toString());
    sections.end();
  }

  private static void take(char c, StringBuilder paragraph, Sections sections) {
    if (c == '\r') {
      return;
    }
    int length = paragraph.length();
    boolean line = c == '\n';
    if (line && length > 0 && paragraph.charAt(length - 1) == '\n') {
      sections.paragraph(paragraph.toString());
      paragraph.setLength(0);
      return;
    }
    if (line || c >= ' ' || c == '\t') {
      paragraph.append(c);
    }
    if (length > LONGEST && Character.isWhitespace(c) || length > 2 * LONGEST) {
      int end = paragraph.lastIndexOf(". ") + 1;
      int cut = end > LONGEST / 2 ? end : paragraph.length();
      sections.paragraph(paragraph.substring(0, cut));
      paragraph.delete(0, cut);
    }
  }
}
