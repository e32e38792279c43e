package dev.parley.documentsvc.pdf;

import java.util.ArrayList;
import java.util.List;

/** Glyphs that follow one another on one baseline without a wide gap. */
final class Run {
  /** A gap from this many font sizes on separates runs: columns, cells, tabulators. */
  static final float WIDE = 0.9f;

  private static final float BLANK = 0.18f;

  private final List<Glyph> glyphs = new ArrayList<>(64);
  private String text = "";
  private float left = Float.MAX_VALUE;
  private float right = -Float.MAX_VALUE;

  void add(Glyph it) {
    glyphs.add(it);
    text = "";
    left = Math.min(left, it.x());
    right = Math.max(right, it.end());
  }

  /** Whether a glyph goes on where this run ends. */
  boolean continues(Glyph it) {
    Glyph last = glyphs.getLast();
    float size = Math.max(last.size(), it.size());
    float gap = it.x() - last.end();
    return Math.abs(it.baseline() - last.baseline()) < 0.45f * size
        && gap < WIDE * size
        && gap > -0.5f * size;
  }

  /** Whether there is blank space between two neighbours. */
  static boolean blankBetween(Glyph before, Glyph after) {
    return after.blank()
        || after.x() - before.end() > BLANK * Math.max(before.size(), after.size());
  }

  List<Glyph> glyphs() {
    return glyphs;
  }

  float left() {
    return left;
  }

  float right() {
    return right;
  }

  float baseline() {
    return glyphs.getFirst().baseline();
  }

  /** Size of most of its glyphs. */
  float size() {
    return glyphs.get(glyphs.size() / 2).size();
  }

  float top() {
    return baseline() - 0.8f * size();
  }

  float bottom() {
    return baseline() + 0.2f * size();
  }

  boolean isBold() {
    for (Glyph it : glyphs) {
      if (!it.bold()) {
        return false;
      }
    }
    return true;
  }

  /** Its words; made once, when it is complete. */
  String text() {
    if (text.isEmpty()) {
      text = words();
    }
    return text;
  }

  private String words() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < glyphs.size(); i++) {
      if (i > 0 && blankBetween(glyphs.get(i - 1), glyphs.get(i))) {
        text.append(' ');
      }
      text.append(glyphs.get(i).text());
    }
    return text.toString();
  }
}
