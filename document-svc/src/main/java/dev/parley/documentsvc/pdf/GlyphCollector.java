package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.contentstream.PDFStreamEngine;
import org.apache.pdfbox.contentstream.operator.DrawObject;
import org.apache.pdfbox.contentstream.operator.OperatorProcessor;
import org.apache.pdfbox.contentstream.operator.state.Concatenate;
import org.apache.pdfbox.contentstream.operator.state.Restore;
import org.apache.pdfbox.contentstream.operator.state.Save;
import org.apache.pdfbox.contentstream.operator.state.SetGraphicsStateParameters;
import org.apache.pdfbox.contentstream.operator.state.SetMatrix;
import org.apache.pdfbox.contentstream.operator.text.BeginText;
import org.apache.pdfbox.contentstream.operator.text.EndText;
import org.apache.pdfbox.contentstream.operator.text.MoveText;
import org.apache.pdfbox.contentstream.operator.text.MoveTextSetLeading;
import org.apache.pdfbox.contentstream.operator.text.NextLine;
import org.apache.pdfbox.contentstream.operator.text.SetCharSpacing;
import org.apache.pdfbox.contentstream.operator.text.SetFontAndSize;
import org.apache.pdfbox.contentstream.operator.text.SetTextHorizontalScaling;
import org.apache.pdfbox.contentstream.operator.text.SetTextLeading;
import org.apache.pdfbox.contentstream.operator.text.SetTextRise;
import org.apache.pdfbox.contentstream.operator.text.SetWordSpacing;
import org.apache.pdfbox.contentstream.operator.text.ShowText;
import org.apache.pdfbox.contentstream.operator.text.ShowTextAdjusted;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLine;
import org.apache.pdfbox.contentstream.operator.text.ShowTextLineAndSpace;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.state.PDTextState;

/**
 * Takes the glyphs of pages in the order they are drawn; upright and turned ones apart. PDFBox runs
 * the drawing operators; where the letters stand is found here, a string at a time, as its own text
 * stripper asks far more of every letter.
 */
final class GlyphCollector extends PDFStreamEngine {
  private static final int MAX_GLYPHS = 400_000;
  private static final int MAX_FONTS = 64;

  private final Places drawn = new Places();
  private final Map<PDFont, Letters> fonts = new HashMap<>();
  private final Pen pen = new Pen();
  private List<Run> upright = new ArrayList<>();
  private List<Run> turned = new ArrayList<>();
  private PDFont lastFont;
  private Optional<Letters> last = Optional.empty();
  private boolean blank;
  private int count;

  GlyphCollector() {
    operators().forEach(this::addOperator);
  }

  private List<OperatorProcessor> operators() {
    return List.of(
        new BeginText(this),
        new Concatenate(this),
        new DrawObject(this),
        new EndText(this),
        new SetGraphicsStateParameters(this),
        new Save(this),
        new Restore(this),
        new NextLine(this),
        new SetCharSpacing(this),
        new MoveText(this),
        new MoveTextSetLeading(this),
        new SetFontAndSize(this),
        new ShowText(this),
        new ShowTextAdjusted(this),
        new SetTextLeading(this),
        new SetMatrix(this),
        new SetTextRise(this),
        new SetWordSpacing(this),
        new SetTextHorizontalScaling(this),
        new ShowTextLine(this),
        new ShowTextLineAndSpace(this));
  }

  /** What stands on a page: upright runs, then turned ones. */
  record Drawn(List<Run> upright, List<Run> turned) {}

  Drawn collect(PDPage page) throws IOException {
    upright = new ArrayList<>();
    turned = new ArrayList<>();
    drawn.clear();
    blank = false;
    count = 0;
    pen.turnTo(page);
    processPage(new PageInMemory(page));
    return new Drawn(upright, turned);
  }

  @Override
  protected void showText(byte[] string) throws IOException {
    PDTextState text = getGraphicsState().getTextState();
    var matrix = getTextMatrix();
    pen.begin(text, matrix.multiply(getGraphicsState().getCurrentTransformationMatrix()));
    Letters letters = letters(text.getFont());
    List<Run> to = pen.isUpright() ? upright : turned;
    letters.read(
        string,
        (letter, space) -> {
          take(letter, letters.isBold(), to);
          pen.pass(letter, space, letters.isVertical());
        });
    matrix.translate(pen.movedX(), pen.movedY());
  }

  /** Neighbours mostly have the same font. */
  private Letters letters(PDFont font) {
    if (last.isEmpty() || font != lastFont) {
      if (fonts.size() > MAX_FONTS) {
        fonts.clear();
      }
      PDFont named = font == null ? new PDType1Font(Standard14Fonts.FontName.HELVETICA) : font;
      last = Optional.of(fonts.computeIfAbsent(named, Letters::new));
      lastFont = font;
    }
    return last.get();
  }

  private void take(Letters.Letter letter, boolean bold, List<Run> to) {
    if (letter.text().isEmpty()) {
      return;
    }
    if (letter.blank() || !pen.put(letter)) {
      blank = true;
      return;
    }
    if (++count > MAX_GLYPHS) {
      throw new IllegalStateException("a page with more than " + MAX_GLYPHS + " glyphs");
    }
    if (isDrawnAgain(letter.text())) {
      return;
    }
    Glyph glyph = pen.glyph(letter.text(), bold, blank);
    if (to.isEmpty() || !to.getLast().continues(glyph)) {
      to.add(new Run());
    }
    to.getLast().add(glyph);
    blank = false;
  }

  /** Bold is often made by drawing everything twice, a little apart. */
  private boolean isDrawnAgain(String text) {
    int x = Math.round(pen.x() * 2);
    int y = Math.round(pen.baseline());
    int letter = text.hashCode();
    return drawn.contains(letter, x - 1, y)
        || drawn.contains(letter, x + 1, y)
        || !drawn.add(letter, x, y);
  }
}
