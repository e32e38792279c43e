package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * What stands in for fonts that a file does not bring. To read its text only widths and characters
 * matter, which the file or the standard fonts' metrics tell, so one font of PDFBox's own will do;
 * to draw it the fonts of this machine are looked for, which takes a second the first time. One
 * file at a time may be read or drawn in a process.
 */
final class TextFonts implements FontMapper {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final FontMapper OF_THE_MACHINE = FontMappers.instance();
  private static final FontMapper ONE = new TextFonts(load());

  private final TrueTypeFont font;

  private TextFonts(TrueTypeFont font) {
    this.font = font;
  }

  /** From now on files are read. */
  static void toRead() {
    FontMappers.set(ONE);
  }

  /** From now on files are drawn. */
  static void toDraw() {
    FontMappers.set(OF_THE_MACHINE);
  }

  private static TrueTypeFont load() {
    try (InputStream in = FontMappers.class.getResourceAsStream(FONT)) {
      return new TTFParser().parse(new RandomAccessReadBuffer(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String name, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  public CIDFontMapping getCIDFont(
      String name, PDFontDescriptor descriptor, PDCIDSystemInfo system) {
    return new CIDFontMapping(null, font, true);
  }
}
