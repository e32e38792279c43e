package dev.parley.documentsvc.office;

import dev.parley.documentsvc.library.Sections;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text of a WordprocessingML part (ECMA-376, part 1, 17): paragraphs, headings, list items and
 * rows of tables in order. Deleted text, field codes and fallbacks are left out; a table in a cell
 * is read as text of the cell.
 */
final class Body {
  private static final int LONGEST = 100_000;

  private final Styles styles;
  private final Sections sections;
  private final StringBuilder paragraph = new StringBuilder();
  private final List<String> cells = new ArrayList<>();
  private final StringBuilder cell = new StringBuilder();
  private int level;
  private boolean item;
  private boolean text;
  private int tables;
  private int skipped;

  Body(Styles styles, Sections sections) {
    this.styles = styles;
    this.sections = sections;
  }

  void read(InputStream in) throws XMLStreamException {
    XMLStreamReader at = Xml.open(in);
    while (at.hasNext()) {
      switch (at.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(at, at.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> end(at.getLocalName());
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> words(at);
        default -> {}
      }
    }
    at.close();
  }

  private void words(XMLStreamReader at) {
    if (text && skipped == 0) {
      paragraph.append(at.getTextCharacters(), at.getTextStart(), at.getTextLength());
      if (paragraph.length() > LONGEST) {
        endParagraph();
      }
    }
  }

  private void start(XMLStreamReader at, String name) {
    switch (name) {
      case "Fallback", "del", "moveFrom" -> skipped++;
      case "p" -> {
        level = 0;
        item = false;
      }
      case "pStyle" -> level = styles.level(Xml.attribute(at, "val"));
      case "outlineLvl" -> level = outlined(Xml.attribute(at, "val"));
      case "numPr" -> item = true;
      case "t" -> text = true;
      case "tab", "ptab" -> blank('\t');
      case "br", "cr" -> blank('\n');
      case "noBreakHyphen" -> paragraph.append('-');
      case "tbl" -> tables++;
      default -> {}
    }
  }

  private static int outlined(String value) {
    return value.matches("[0-8]") ? value.charAt(0) - '0' + 1 : 0;
  }

  /** Tabulators are also set in properties, where no text stands yet. */
  private void blank(char blank) {
    if (!paragraph.isEmpty() && skipped == 0) {
      paragraph.append(blank);
    }
  }

  private void end(String name) {
    switch (name) {
      case "Fallback", "del", "moveFrom" -> skipped--;
      case "t" -> text = false;
      case "p" -> endParagraph();
      case "tc" -> endCell();
      case "tr" -> endRow();
      case "tbl" -> tables--;
      default -> {}
    }
  }

  private void endParagraph() {
    String words = paragraph.toString();
    paragraph.setLength(0);
    if (tables > 0) {
      cell.append(cell.isEmpty() ? "" : " ").append(words.replaceAll("\\s+", " "));
    } else if (level > 0) {
      sections.heading(words, level);
    } else {
      sections.paragraph(item && !words.isBlank() ? "- " + words : words);
    }
  }

  private void endCell() {
    if (tables == 1) {
      cells.add(cell.toString().strip());
      cell.setLength(0);
    }
  }

  private void endRow() {
    if (tables == 1) {
      sections.paragraph(String.join(" | ", cells));
      cells.clear();
    }
  }
}
