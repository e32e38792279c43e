package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Takes the glyphs of pages in the order they are drawn; upright and turned ones apart. */
final class GlyphCollector extends PDFTextStripper {
  private static final int MAX_GLYPHS = 400_000;

  private final Places drawn = new Places();
  private List<Run> upright = new ArrayList<>();
  private List<Run> turned = new ArrayList<>();
  private boolean blank;
  private int count;
  private PDFont last;
  private boolean lastIsBold;

  GlyphCollector() {
    setStartPage(0);
  }

  /** What stands on a page: upright runs, then turned ones. */
  record Drawn(List<Run> upright, List<Run> turned) {}

  Drawn collect(PDPage page) throws IOException {
    upright = new ArrayList<>();
    turned = new ArrayList<>();
    drawn.clear();
    blank = false;
    count = 0;
    processPage(page);
    return new Drawn(upright, turned);
  }

  @Override
  protected void writePage() {}

  @Override
  protected void processTextPosition(TextPosition it) {
    String text = it.getUnicode();
    if (text == null || text.isBlank() || isOutside(it)) {
      blank = true;
      return;
    }
    if (++count > MAX_GLYPHS) {
      throw new IllegalStateException("a page with more than " + MAX_GLYPHS + " glyphs");
    }
    if (isDrawnAgain(it, text)) {
      return;
    }
    boolean straight = it.getDir() == 0;
    add(straight ? upright : turned, glyph(it, text));
    blank = false;
  }

  private void add(List<Run> runs, Glyph glyph) {
    if (runs.isEmpty() || !runs.getLast().continues(glyph)) {
      runs.add(new Run());
    }
    runs.getLast().add(glyph);
  }

  private Glyph glyph(TextPosition it, String text) {
    float size = it.getFontSizeInPt() > 0.5f ? it.getFontSizeInPt() : it.getHeightDir();
    return new Glyph(
        text,
        it.getXDirAdj(),
        it.getWidthDirAdj(),
        it.getYDirAdj(),
        Math.max(1, Math.abs(size)),
        isBold(it.getFont()),
        blank);
  }

  /** Neighbours mostly have the same font, whose name takes long to find. */
  private boolean isBold(PDFont font) {
    if (font != last) {
      String name = font == null || font.getName() == null ? "" : font.getName();
      lastIsBold = name.contains("Bold") || name.contains("bold") || name.contains("Black");
      last = font;
    }
    return lastIsBold;
  }

  private static boolean isOutside(TextPosition it) {
    return it.getX() < -1
        || it.getY() < -1
        || it.getX() > it.getPageWidth() + 1
        || it.getY() > it.getPageHeight() + 1
        || !Float.isFinite(it.getX() + it.getY() + it.getWidthDirAdj());
  }

  /** Bold is often made by drawing everything twice, a little apart. */
  private boolean isDrawnAgain(TextPosition it, String text) {
    int x = Math.round(it.getX() * 2);
    int y = Math.round(it.getY());
    int letter = text.hashCode();
    return drawn.contains(letter, x - 1, y)
        || drawn.contains(letter, x + 1, y)
        || !drawn.add(letter, x, y);
  }
}
