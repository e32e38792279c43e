package dev.parley.documentsvc.pdf;

import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.library.WordBox;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Calendar;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDF by PDFBox. A page that cannot be read is left out with a warning. */
public final class PdfParser implements Parser {
  private static final int MAX_PAGES = 50_000;

  /** The file is opened anew after so many pages, so that its objects do not pile up. */
  private static final int PAGES_AT_ONCE = 400;

  private final Recognition recognition;

  /**
   * Reads text; pictures of text through a program where there is one.
   *
   * @param recognition reads pages without text
   */
  public PdfParser(Recognition recognition) {
    this.recognition = recognition;
  }

  @Override
  public void parse(Path file, Consumer<Reading> to) throws IOException {
    TextFonts.toRead();
    int pages;
    try (PDDocument document = open(file)) {
      pages = document.getNumberOfPages();
      if (pages > MAX_PAGES) {
        throw Failure.of(
            Failure.Code.INVALID_ARGUMENT,
            "TOO_LARGE",
            "the file has " + pages + " pages (expected " + MAX_PAGES + " at most)");
      }
      to.accept(new Reading.Opened(pages));
      to.accept(told(document));
    }
    new Pass(file, pages, to).run();
  }

  static PDDocument open(Path file) throws IOException {
    try {
      return Loader.loadPDF(file.toFile(), "", IOUtils.createTempFileOnlyStreamCache());
    } catch (InvalidPasswordException e) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT,
          "DOCUMENT_ENCRYPTED",
          "the file opens only with a password; save it without one");
    }
  }

  private static Reading.Told told(PDDocument document) {
    PDDocumentInformation info = document.getDocumentInformation();
    String title = info.getTitle() == null ? "" : info.getTitle().strip();
    String author = info.getAuthor() == null ? "" : info.getAuthor();
    List<String> authors =
        java.util.Arrays.stream(author.split("\\s*[;&]\\s*| and "))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(it -> it.substring(0, Math.min(200, it.length())))
            .distinct()
            .limit(50)
            .toList();
    return new Reading.Told(
        title.substring(0, Math.min(500, title.length())),
        authors,
        time(info.getCreationDate()),
        time(info.getModificationDate()));
  }

  private static Optional<Instant> time(Calendar date) {
    return Optional.ofNullable(date)
        .map(Calendar::toInstant)
        .filter(
            it -> it.isAfter(Instant.EPOCH) && it.isBefore(Instant.parse("2200-01-01T00:00:00Z")));
  }

  /** One way through the file. */
  private final class Pass {
    private final Path file;
    private final int pages;
    private final Consumer<Reading> to;
    private GlyphCollector glyphs = new GlyphCollector();
    private final FontSizes sizes = new FontSizes();
    private final RunningLines lines;
    private int empty;
    private int done;

    Pass(Path file, int pages, Consumer<Reading> to) {
      this.file = file;
      this.pages = pages;
      this.to = to;
      this.lines = new RunningLines(pages, this::finish);
    }

    void run() throws IOException {
      boolean more = true;
      while (more) {
        try (PDDocument document = open(file)) {
          more = some(document);
        }
      }
      lines.end();
      if (empty == done) {
        throw Failure.of(
            Failure.Code.INVALID_ARGUMENT, "DOCUMENT_HAS_NO_TEXT", recognition.whyNoText());
      }
      if (empty > 0) {
        to.accept(new Reading.Warned(empty + " of " + done + " pages have no text"));
      }
    }

    private boolean some(PDDocument document) {
      Iterator<PDPage> all = document.getPages().iterator();
      String[] labels = labels(document);
      Outline outline = Outline.of(document);
      glyphs = new GlyphCollector();
      for (int i = 0; i < done && all.hasNext(); i++) {
        all.next();
      }
      int end = done + PAGES_AT_ONCE;
      while (all.hasNext() && done < end) {
        PDPage page = all.next();
        String label = done < labels.length && labels[done] != null ? labels[done] : "";
        done++;
        lines.add(draft(document, page, label, outline));
      }
      return done >= end && all.hasNext();
    }

    private PageDraft draft(PDDocument document, PDPage page, String label, Outline outline) {
      PDRectangle box = page.getCropBox();
      boolean lying = page.getRotation() % 180 != 0;
      float width = Math.max(1, lying ? box.getHeight() : box.getWidth());
      float height = Math.max(1, lying ? box.getWidth() : box.getHeight());
      GlyphCollector.Drawn drawn = drawn(page);
      if (drawn.upright().isEmpty() && drawn.turned().isEmpty()) {
        drawn = recognition.read(document, page, done, width, height);
      }
      sizes.add(drawn.upright());
      return PageDraft.of(done, label, width, height, drawn, outline.on(page));
    }

    private GlyphCollector.Drawn drawn(PDPage page) {
      try {
        return glyphs.collect(page);
      } catch (IOException | RuntimeException | StackOverflowError e) {
        to.accept(new Reading.Warned("page " + done + " could not be read"));
        return new GlyphCollector.Drawn(List.of(), List.of());
      }
    }

    private void finish(PageDraft draft) {
      var page = PageText.of(draft, sizes.body());
      if (page.text().isBlank()) {
        empty++;
      }
      if (page.text().length() > MAX_PAGE) {
        to.accept(new Reading.Warned("page " + page.number() + " is too long and was cut"));
        page = cut(page);
      }
      to.accept(new Reading.PageRead(page));
    }
  }

  private static dev.parley.documentsvc.library.Page cut(dev.parley.documentsvc.library.Page it) {
    List<WordBox> words = it.layout().words();
    return new dev.parley.documentsvc.library.Page(
        it.number(),
        it.label(),
        it.text().substring(0, MAX_PAGE),
        it.headings().stream().filter(h -> h.offset() + h.text().length() < MAX_PAGE).toList(),
        dev.parley.documentsvc.library.Layout.of(
            words.stream().filter(w -> w.end() <= MAX_PAGE).toList()));
  }

  private static String[] labels(PDDocument document) {
    try {
      var labels = document.getDocumentCatalog().getPageLabels();
      return labels == null ? new String[0] : labels.getLabelsByPageIndices();
    } catch (IOException | RuntimeException e) {
      return new String[0];
    }
  }
}
