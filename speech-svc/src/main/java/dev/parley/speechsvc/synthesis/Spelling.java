package dev.parley.speechsvc.synthesis;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Brings a written word into the printable ASCII that the voices know. */
final class Spelling {

  private Spelling() {}

  /** Accents dropped, typographic quotes and dashes made plain, everything else removed. */
  static String ascii(String word) {
    var out = new StringBuilder(word.length());
    Normalizer.normalize(word, Normalizer.Form.NFKD).codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '\u2018', '\u2019', '\u02bc' -> out.append('\'');
      case '\u201c', '\u201d' -> out.append('"');
      case '\u2010', '\u2011', '\u2012' -> out.append('-');
      case '\u2013', '\u2014' -> out.append(',');
      case '\u00df' -> out.append("ss");
      case '\u00e6', '\u00c6' -> out.append("ae");
      case '\u00f8', '\u00d8' -> out.append('o');
      case '\u0142', '\u0141' -> out.append('l');
      case '\u20ac' -> out.append("euro");
      case '\u00a3' -> out.append("pound");
      case '\u00b0' -> out.append("degrees");
      case '*', '_', '`', '#', '~', '|', '\\', '^', '<', '>' -> {}
      default -> {
        if (c > ' ' && c < 127) {
          out.append((char) c);
        }
      }
    }
  }

  /** Whether anything in it makes a sound. */
  static boolean speakable(String ascii) {
    return ascii.chars().anyMatch(c -> Character.isLetterOrDigit(c) || "&%$@+=".indexOf(c) >= 0);
  }

  /** Pieces of at most {@code size} characters, each with something to say. */
  static List<String> pieces(String ascii, int size) {
    if (ascii.length() <= size) {
      return List.of(ascii);
    }
    var pieces = new ArrayList<String>();
    for (int i = 0; i < ascii.length(); i += size) {
      var piece = ascii.substring(i, Math.min(ascii.length(), i + size));
      if (speakable(piece)) {
        pieces.add(piece);
      }
    }
    return pieces;
  }
}
