package dev.parley.documentsvc.pdf;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Reads pages that are pictures, through the program {@code tesseract} where it is installed. A
 * page is given {@value #PATIENCE_S} seconds.
 */
public final class Recognition {
  private static final int PATIENCE_S = 40;
  private static final int PIXELS_WIDE = 1700;
  private static final int LEAST_CERTAIN = 30;

  private final String program;
  private final boolean there;

  /** Finds out whether a program is there, by name on the path or as a file. */
  public Recognition(String program) {
    this.program = program;
    this.there = isThere(program);
  }

  private static boolean isThere(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(Path.of(program));
    }
    String path = System.getenv().getOrDefault("PATH", "");
    return java.util.Arrays.stream(path.split(":"))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  /** Why a file of pictures has no text, for people. */
  String whyNoText() {
    return there
        ? "no text was recognised in the pictures that the pages are"
        : "the pages are pictures, and no text recognition is installed: install tesseract-ocr,"
            + " then reprocess the document";
  }

  /** The words of a page as runs; none when there is no program or nothing to read. */
  GlyphCollector.Drawn read(
      PDDocument document, PDPage page, int number, float width, float height) {
    List<Run> runs = new ArrayList<>();
    if (there && hasPicture(page)) {
      try {
        words(document, number, width, height, runs);
      } catch (IOException e) {
        runs.clear();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new GlyphCollector.Drawn(runs, List.of());
  }

  private static boolean hasPicture(PDPage page) {
    var resources = page.getResources();
    return resources != null && resources.getXObjectNames().iterator().hasNext();
  }

  private void words(PDDocument document, int number, float width, float height, List<Run> runs)
      throws IOException, InterruptedException {
    Path picture = Files.createTempFile("page", ".png");
    try {
      float scale = Math.min(PIXELS_WIDE / width, 2 * PIXELS_WIDE / height);
      BufferedImage image =
          new PDFRenderer(document).renderImage(number - 1, scale, ImageType.GRAY);
      ImageIO.write(image, "png", picture.toFile());
      image.flush();
      Process process =
          new ProcessBuilder(program, picture.toString(), "stdout", "tsv")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Thread.ofVirtual().start(() -> endLater(process));
      try (var out = process.inputReader(StandardCharsets.UTF_8)) {
        out.lines().skip(1).forEach(line -> word(line, scale, runs));
      }
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  private static void endLater(Process process) {
    try {
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  /** A row of its table: level, page, block, paragraph, line, word, box, certainty, text. */
  private static void word(String line, float scale, List<Run> runs) {
    String[] cells = line.split("\t", 12);
    if (cells.length < 12 || !cells[0].equals("5") || cells[11].isBlank()) {
      return;
    }
    if (Float.parseFloat(cells[10]) < LEAST_CERTAIN) {
      return;
    }
    float x = Float.parseFloat(cells[6]) / scale;
    float y = Float.parseFloat(cells[7]) / scale;
    float width = Float.parseFloat(cells[8]) / scale;
    float height = Float.parseFloat(cells[9]) / scale;
    Glyph glyph = new Glyph(cells[11].strip(), x, width, y + 0.8f * height, height, false, true);
    if (runs.isEmpty() || !runs.getLast().continues(glyph)) {
      runs.add(new Run());
    }
    runs.getLast().add(glyph);
  }
}
