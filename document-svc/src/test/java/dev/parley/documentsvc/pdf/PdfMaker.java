package dev.parley.documentsvc.pdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDPageLabelRange;
import org.apache.pdfbox.pdmodel.common.PDPageLabels;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.destination.PDPageFitDestination;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.util.Matrix;

/** Makes PDF files for tests. */
public final class PdfMaker implements AutoCloseable {
  public static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);
  public static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);

  private final PDDocument document = new PDDocument();
  private PDPageContentStream content;

  public PDDocument document() {
    return document;
  }

  public PdfMaker page() {
    return page(PDRectangle.A4);
  }

  public PdfMaker page(PDRectangle size) {
    try {
      end();
      PDPage page = new PDPage(size);
      document.addPage(page);
      content = new PDPageContentStream(document, page);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line whose baseline is so far below the top. */
  public PdfMaker line(float x, float below, float size, String text) {
    return line(PLAIN, x, below, size, text);
  }

  public PdfMaker line(PDFont font, float x, float below, float size, String text) {
    try {
      float top = document.getPage(document.getNumberOfPages() - 1).getMediaBox().getHeight();
      content.beginText();
      content.setFont(font, size);
      content.newLineAtOffset(x, top - below);
      content.showText(text);
      content.endText();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line of 11 points that goes upwards from there, in points from the lower left. */
  public PdfMaker upwards(float x, float y, String text) {
    try {
      content.beginText();
      content.setFont(PLAIN, 11);
      content.setTextMatrix(new Matrix(0, 1, -1, 0, x, y));
      content.showText(text);
      content.endText();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything from now on is drawn that much larger. */
  public PdfMaker scaled(float factor) {
    try {
      content.transform(Matrix.getScaleInstance(factor, factor));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines of 11 points below one another. */
  public PdfMaker lines(float x, float below, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      line(x, below + 14 * i, 11, lines.get(i));
    }
    return this;
  }

  /** Roman numbers on the first pages, then 1, 2, 3. */
  public PdfMaker romanLabels(int pages) {
    PDPageLabels labels = new PDPageLabels(document);
    PDPageLabelRange roman = new PDPageLabelRange();
    roman.setStyle(PDPageLabelRange.STYLE_ROMAN_LOWER);
    labels.setLabelItem(0, roman);
    PDPageLabelRange decimal = new PDPageLabelRange();
    decimal.setStyle(PDPageLabelRange.STYLE_DECIMAL);
    labels.setLabelItem(pages, decimal);
    document.getDocumentCatalog().setPageLabels(labels);
    return this;
  }

  public PdfMaker outline(String title, int page) {
    PDDocumentOutline outline = document.getDocumentCatalog().getDocumentOutline();
    if (outline == null) {
      outline = new PDDocumentOutline();
      document.getDocumentCatalog().setDocumentOutline(outline);
    }
    PDOutlineItem item = new PDOutlineItem();
    item.setTitle(title);
    PDPageFitDestination destination = new PDPageFitDestination();
    destination.setPage(document.getPage(page - 1));
    item.setDestination(destination);
    outline.addLast(item);
    return this;
  }

  public PdfMaker title(String title, String author) {
    document.getDocumentInformation().setTitle(title);
    document.getDocumentInformation().setAuthor(author);
    return this;
  }

  public PdfMaker rotate(int degrees) {
    document.getPage(document.getNumberOfPages() - 1).setRotation(degrees);
    return this;
  }

  public Path save(Path file) {
    try {
      end();
      document.save(file.toFile());
      document.close();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path saveEncrypted(Path file, String password) {
    try {
      end();
      var policy = new StandardProtectionPolicy("owner", password, new AccessPermission());
      policy.setEncryptionKeyLength(128);
      document.protect(policy);
      document.save(file.toFile());
      document.close();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() throws IOException {
    if (content != null) {
      content.close();
      content = null;
    }
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
