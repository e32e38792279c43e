package dev.parley.documentsvc.pdf;

import dev.parley.kit.failure.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Pictures of PDF pages, at most {@value #MAX_HEIGHT} pixels high. */
public final class PdfPicture {
  private static final int MAX_HEIGHT = 4096;

  private PdfPicture() {}

  /** Draws a page, from 1, as a PNG of about that width. Fails with PAGE_NOT_FOUND. */
  public static byte[] draw(Path file, int number, int width) throws IOException {
    TextFonts.toDraw();
    try (PDDocument document = PdfParser.open(file)) {
      if (number > document.getNumberOfPages()) {
        throw Failure.notFound("page", String.valueOf(number));
      }
      var page = document.getPage(number - 1);
      PDRectangle box = page.getCropBox();
      boolean lying = page.getRotation() % 180 != 0;
      float wide = Math.max(1, lying ? box.getHeight() : box.getWidth());
      float high = Math.max(1, lying ? box.getWidth() : box.getHeight());
      PDFRenderer renderer = new PDFRenderer(document);
      renderer.setSubsamplingAllowed(true);
      float scale = Math.min(width / wide, MAX_HEIGHT / high);
      BufferedImage image = renderer.renderImage(number - 1, scale, ImageType.RGB);
      var bytes = new ByteArrayOutputStream();
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    }
  }
}
