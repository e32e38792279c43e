package dev.parley.documentsvc.html;

import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.library.Sections;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jsoup.helper.DataUtil;
import org.jsoup.nodes.Element;
import org.jsoup.parser.StreamParser;

/**
 * HTML by jsoup, element by element as they close: what was handed on is taken out of the tree, so
 * that memory does not grow with the file. Menus, scripts and the like are left out.
 */
public final class HtmlParser implements Parser {
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "li",
          "dt",
          "dd",
          "pre",
          "blockquote",
          "figcaption",
          "caption",
          "tr",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "div",
          "section",
          "article",
          "main",
          "ul",
          "ol",
          "table",
          "body",
          "address",
          "details",
          "summary",
          "center",
          "font");
  private static final Set<String> LEFT_OUT =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "nav",
          "iframe",
          "svg",
          "canvas",
          "object",
          "form",
          "button",
          "select",
          "footer",
          "aside",
          "head");

  @Override
  public void parse(Path file, Consumer<Reading> to) throws IOException {
    to.accept(new Reading.Opened(0));
    Sections sections = new Sections(to);
    Told told = new Told();
    org.jsoup.parser.Parser html = org.jsoup.parser.Parser.htmlParser();
    try (StreamParser parser = DataUtil.streamParser(file, null, "", html)) {
      Iterator<Element> elements = parser.iterator();
      while (elements.hasNext()) {
        Element it = elements.next();
        told.take(it);
        take(it, sections);
      }
      to.accept(told.reading());
    }
    sections.end();
  }

  private static void take(Element it, Sections sections) {
    String name = it.normalName();
    if (LEFT_OUT.contains(name)) {
      it.remove();
    } else if (name.equals("br")) {
      it.appendText("\n");
    } else if (BLOCKS.contains(name) && !isInCell(it)) {
      Leftovers.before(it).forEach(sections::paragraph);
      block(it, name, sections);
      if (it.parent() != null) {
        it.remove();
      }
    }
  }

  /** What stands in a cell, and the cell itself, is handed on with its row. */
  private static boolean isInCell(Element it) {
    for (Element at = it; at != null; at = at.parent()) {
      if (at.normalName().equals("td") || at.normalName().equals("th")) {
        return true;
      }
    }
    return false;
  }

  private static void block(Element it, String name, Sections sections) {
    if (name.length() == 2 && name.charAt(0) == 'h' && Character.isDigit(name.charAt(1))) {
      sections.heading(it.text(), name.charAt(1) - '0');
    } else if (name.equals("tr")) {
      sections.paragraph(row(it));
    } else if (name.equals("li")) {
      String text = it.text();
      sections.paragraph(text.isBlank() ? "" : "- " + text);
    } else if (name.equals("pre")) {
      sections.paragraph(it.wholeText());
    } else {
      sections.paragraph(it.text());
    }
  }

  private static String row(Element row) {
    List<String> cells = new ArrayList<>();
    row.children().forEach(it -> cells.add(it.text().strip()));
    return String.join(" | ", cells);
  }

  /** Title, authors and dates as the head tells them. */
  private static final class Told {
    private String title = "";
    private final List<String> authors = new ArrayList<>();
    private Optional<Instant> written = Optional.empty();
    private Optional<Instant> modified = Optional.empty();

    void take(Element it) {
      if (it.normalName().equals("title") && title.isEmpty()) {
        String text = it.text().strip();
        title = text.substring(0, Math.min(500, text.length()));
      } else if (it.normalName().equals("meta")) {
        meta(
            (it.attr("name") + it.attr("property")).toLowerCase(java.util.Locale.ROOT),
            it.attr("content").strip());
      }
    }

    private void meta(String name, String value) {
      switch (name) {
        case "author", "article:author", "dc.creator", "citation_author" -> {
          if (!value.isEmpty() && authors.size() < 50) {
            authors.add(value.substring(0, Math.min(200, value.length())));
          }
        }
        case "date", "article:published_time", "dc.date", "dcterms.created" ->
            written = time(value);
        case "article:modified_time", "last-modified", "dcterms.modified" -> modified = time(value);
        default -> {}
      }
    }

    private static Optional<Instant> time(String value) {
      try {
        return value.length() == 10
            ? Optional.of(Instant.parse(value + "T00:00:00Z"))
            : Optional.of(OffsetDateTime.parse(value).toInstant());
      } catch (DateTimeParseException e) {
        return Optional.empty();
      }
    }

    Reading reading() {
      return new Reading.Told(title, List.copyOf(authors), written, modified);
    }
  }
}
