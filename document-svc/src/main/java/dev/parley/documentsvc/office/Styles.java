package dev.parley.documentsvc.office;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which styles make headings, whatever the language of the program that wrote the file.
 *
 * @param levels style id to depth, 1 is the top
 */
record Styles(Map<String, Integer> levels) {
  static final Styles NONE = new Styles(Map.of());
  private static final int MOST = 5_000;

  static Styles read(InputStream in) throws XMLStreamException {
    Map<String, Integer> levels = new HashMap<>();
    XMLStreamReader at = Xml.open(in);
    String id = "";
    while (at.hasNext() && levels.size() < MOST) {
      if (at.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (at.getLocalName()) {
        case "style" -> id = Xml.attribute(at, "styleId");
        case "name" -> named(Xml.attribute(at, "val"), id, levels);
        case "outlineLvl" -> outlined(Xml.attribute(at, "val"), id, levels);
        default -> {}
      }
    }
    at.close();
    return new Styles(Map.copyOf(levels));
  }

  /** The names of built-in styles are English in every file. */
  private static void named(String name, String id, Map<String, Integer> levels) {
    String plain = name.toLowerCase(Locale.ROOT);
    if (plain.equals("title")) {
      levels.put(id, 1);
    } else if (plain.matches("heading [1-9]")) {
      levels.put(id, plain.charAt(8) - '0');
    }
  }

  private static void outlined(String value, String id, Map<String, Integer> levels) {
    if (value.matches("[0-8]")) {
      levels.putIfAbsent(id, value.charAt(0) - '0' + 1);
    }
  }

  /** Depth of a paragraph of that style; 0 when it is no heading. */
  int level(String style) {
    return levels.getOrDefault(style, 0);
  }
}
