package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;

/**
 * A page whose drawing operators, where they are not packed, are taken into memory before they are
 * parsed: that is done byte by byte, and PDFBox's way to each byte of a file is long. What is
 * larger than {@value #MOST_BYTES} bytes stays where it is.
 */
final class PageInMemory extends PDPage {
  private static final int MOST_BYTES = 4 << 20;

  private final PDPage page;

  PageInMemory(PDPage page) {
    super(page.getCOSObject());
    this.page = page;
  }

  /** Of the page itself, which has the fonts that other pages use too. */
  @Override
  public PDResources getResources() {
    return page.getResources();
  }

  @Override
  public RandomAccessRead getContentsForStreamParsing() throws IOException {
    var content = getCOSObject().getDictionaryObject(COSName.CONTENTS);
    return content instanceof COSStream it && it.getFilters() == null
        ? plain()
        : super.getContentsForStreamParsing();
  }

  private RandomAccessRead plain() throws IOException {
    try (InputStream in = page.getContents()) {
      byte[] content = in.readNBytes(MOST_BYTES);
      return content.length < MOST_BYTES
          ? new RandomAccessReadBuffer(content)
          : super.getContentsForStreamParsing();
    }
  }
}
