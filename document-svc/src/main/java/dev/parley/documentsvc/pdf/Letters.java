package dev.parley.documentsvc.pdf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDSimpleFont;
import org.apache.pdfbox.pdmodel.font.encoding.GlyphList;
import org.apache.pdfbox.util.Vector;

/**
 * What the codes of one font stand for, found once each: fonts take long to ask, and a page has
 * thousands of letters.
 */
final class Letters {
  private static final String MORE = "/org/apache/pdfbox/resources/glyphlist/additional.txt";
  private static final GlyphList NAMES = names();
  private static final int MOST_KEPT = 1 << 16;

  private final PDFont font;
  private final boolean simple;
  private final boolean vertical;
  private final boolean bold;
  private Letter[] known = new Letter[256];

  /**
   * A letter, in text space of size 1.
   *
   * @param text its characters; empty where nobody knows them
   * @param along how far the next one stands to the right
   * @param down how far the next one stands upwards, in vertical fonts
   * @param width of it
   * @param x of its origin, in vertical fonts
   * @param y of its origin, in vertical fonts
   * @param blank whether it is blank space
   */
  record Letter(
      String text, float along, float down, float width, float x, float y, boolean blank) {}

  Letters(PDFont font) {
    this.font = font;
    this.simple = font instanceof PDSimpleFont;
    this.vertical = font.isVertical();
    String name = font.getName() == null ? "" : font.getName();
    this.bold = name.contains("Bold") || name.contains("bold") || name.contains("Black");
  }

  private static GlyphList names() {
    try (InputStream in = GlyphList.class.getResourceAsStream(MORE)) {
      return new GlyphList(GlyphList.getAdobeGlyphList(), in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isVertical() {
    return vertical;
  }

  boolean isBold() {
    return bold;
  }

  /** Takes a string apart. */
  interface Each {
    void take(Letter letter, boolean blankOfOneByte);
  }

  /** Gives every letter of a string. */
  void read(byte[] string, Each to) throws IOException {
    if (simple) {
      for (byte it : string) {
        to.take(at(it & 0xFF), it == ' ');
      }
      return;
    }
    var in = new ByteArrayInputStream(string);
    while (in.available() > 0) {
      int before = in.available();
      int code = font.readCode(in);
      to.take(at(code), code == ' ' && before - in.available() == 1);
    }
  }

  private Letter at(int code) throws IOException {
    if (code < 0 || code >= MOST_KEPT) {
      return find(code);
    }
    if (code >= known.length) {
      known = Arrays.copyOf(known, Math.max(code + 1, Math.min(MOST_KEPT, 2 * known.length)));
    }
    if (known[code] == null) {
      known[code] = find(code);
    }
    return known[code];
  }

  private Letter find(int code) throws IOException {
    Vector next = font.getDisplacement(code);
    String text = font.toUnicode(code, NAMES);
    if (text == null) {
      // As other readers do: the code of a simple font is its character, others are unknown.
      text = simple ? String.valueOf((char) code) : "";
    }
    if (!vertical) {
      return new Letter(text, next.getX(), 0, next.getX(), 0, 0, text.isBlank());
    }
    Vector origin = font.getPositionVector(code);
    float width = font.getWidth(code) / 1000;
    return new Letter(text, 0, next.getY(), width, origin.getX(), origin.getY(), text.isBlank());
  }
}
