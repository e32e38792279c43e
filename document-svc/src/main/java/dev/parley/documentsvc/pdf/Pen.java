package dev.parley.documentsvc.pdf;

import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.PDTextState;
import org.apache.pdfbox.util.Matrix;

/**
 * Where the letters of one string stand (ISO 32000-2, 9.4.4: text space details), in points from
 * the upper left of the page as it is shown, seen in the direction in which they are written.
 */
final class Pen {
  private static final float LEAST_SIZE = 1;

  private float pageX;
  private float pageY;
  private float pageWidth;
  private float pageHeight;
  private int rotation;

  private float size;
  private float stretch;
  private float between;
  private float betweenWords;
  private float rise;
  private float shown;
  private int direction;

  /** Text space to the page; the last two move with every letter. */
  private float a;

  private float b;
  private float c;
  private float d;
  private float e;
  private float f;

  /** What the text matrix is to be moved by at the end. */
  private float movedX;

  private float movedY;

  /** The left end and the baseline of the letter, and its width. */
  private float x;

  private float baseline;
  private float width;

  /** Letters from now on stand on that page. */
  void turnTo(PDPage page) {
    PDRectangle box = page.getCropBox();
    pageX = box.getLowerLeftX();
    pageY = box.getLowerLeftY();
    pageWidth = box.getWidth();
    pageHeight = box.getHeight();
    rotation = page.getRotation();
  }

  /** Begins a string. */
  void begin(PDTextState text, Matrix toPage) {
    size = text.getFontSize();
    stretch = text.getHorizontalScaling() / 100f;
    between = text.getCharacterSpacing();
    betweenWords = text.getWordSpacing();
    rise = text.getRise();
    a = toPage.getScaleX();
    b = toPage.getShearY();
    c = toPage.getShearX();
    d = toPage.getScaleY();
    e = toPage.getTranslateX();
    f = toPage.getTranslateY();
    shown = Math.max(LEAST_SIZE, Math.abs(size) * (float) Math.hypot(c, d));
    direction = direction(size * stretch * a, size * stretch * b, size * c, size * d);
    movedX = 0;
    movedY = 0;
  }

  private static int direction(float a, float b, float c, float d) {
    if (Math.abs(b) < Math.abs(a) && Math.abs(c) < Math.abs(d)) {
      return d < 0 && a < 0 ? 180 : 0;
    }
    if (Math.abs(d) < Math.abs(c) && Math.abs(a) < Math.abs(b)) {
      return b > 0 && c < 0 ? 90 : b < 0 && c > 0 ? 270 : 0;
    }
    return 0;
  }

  /** Puts a letter where it stands; false when that is outside of the page. */
  boolean put(Letters.Letter letter) {
    float right = letter.x() * size * stretch;
    float up = letter.y() * size + rise;
    float atX = e + right * a + up * c - pageX;
    float atY = f + right * b + up * d - pageY;
    float wide = letter.width() * size * stretch;
    switch (direction) {
      case 90 -> stand(atY, atX, wide * b);
      case 180 -> stand(pageWidth - atX, atY, wide * a);
      case 270 -> stand(pageHeight - atY, pageWidth - atX, wide * b);
      default -> stand(atX, pageHeight - atY, wide * a);
    }
    return atX >= -1
        && atY >= -1
        && atX <= pageWidth + 1
        && atY <= pageHeight + 1
        && Float.isFinite(width);
  }

  private void stand(float left, float line, float wide) {
    x = left;
    baseline = line;
    width = Math.abs(wide);
  }

  /** Goes on behind a letter. */
  void pass(Letters.Letter letter, boolean blank, boolean vertical) {
    float more = between + (blank ? betweenWords : 0);
    float right = vertical ? 0 : (letter.along() * size + more) * stretch;
    float up = vertical ? letter.down() * size + more : 0;
    e += right * a + up * c;
    f += right * b + up * d;
    movedX += right;
    movedY += up;
  }

  /** The letter as it stands now. */
  Glyph glyph(String text, boolean bold, boolean blank) {
    return new Glyph(text, x, width, baseline, shown, bold, blank);
  }

  /** Whether text in this direction is upright on the page as it is shown. */
  boolean isUpright() {
    return direction == rotation;
  }

  float x() {
    return x;
  }

  float baseline() {
    return baseline;
  }

  float movedX() {
    return movedX;
  }

  float movedY() {
    return movedY;
  }
}
