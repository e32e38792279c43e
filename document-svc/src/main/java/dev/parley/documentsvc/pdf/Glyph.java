package dev.parley.documentsvc.pdf;

/**
 * A glyph where it stands, in points from the upper left of the page as it is shown.
 *
 * @param baseline y of its baseline
 * @param size of its font
 * @param blank whether blank space was drawn before it
 */
record Glyph(
    String text, float x, float width, float baseline, float size, boolean bold, boolean blank) {
  float end() {
    return x + width;
  }
}
