package dev.parley.documentsvc;

import dev.parley.documentsvc.html.HtmlParser;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.markdown.MarkdownParser;
import dev.parley.documentsvc.office.DocxParser;
import dev.parley.documentsvc.opennlp.LanguageFinder;
import dev.parley.documentsvc.pdf.PdfParser;
import dev.parley.documentsvc.pdf.PdfPicture;
import dev.parley.documentsvc.pdf.Recognition;
import dev.parley.documentsvc.reader.Wire;
import dev.parley.documentsvc.text.Charsets;
import dev.parley.documentsvc.text.TextParser;
import dev.parley.kit.failure.Failure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.LogManager;

/**
 * The process that reads files, so that none can take the service down: started with little memory,
 * ended when it takes too long. Questions come on standard input, answers go to standard output; it
 * ends when its input does, also when the service was killed.
 */
public final class ReaderMain {
  private static final long FLUSH_NANOS = 200_000_000;

  private final DataOutputStream out;
  private final LanguageFinder languages = new LanguageFinder();
  private final Recognition recognition;
  private long flushed = System.nanoTime();

  private ReaderMain(DataOutputStream out, String tesseract) {
    this.out = out;
    this.recognition = new Recognition(tesseract);
  }

  /** The one argument is the program that recognises text. */
  public static void main(String[] arguments) throws IOException {
    LogManager.getLogManager().reset();
    var out = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
    System.setOut(System.err);
    var in = new DataInputStream(new BufferedInputStream(System.in));
    ReaderMain reader = new ReaderMain(out, arguments[0]);
    Optional<Wire.Asked> asked = Wire.asked(in);
    while (asked.isPresent()) {
      Wire.Asked it = asked.get();
      Thread.ofPlatform().name("read").start(() -> reader.answer(it));
      asked = Wire.asked(in);
    }
    Runtime.getRuntime().halt(0);
  }

  private void answer(Wire.Asked asked) {
    try {
      write(tried(asked));
      out.flush();
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private Wire.Answer tried(Wire.Asked asked) {
    try {
      return new Wire.Answer.Done(result(asked));
    } catch (Failure e) {
      return new Wire.Answer.Refused(e.code().name(), e.reason(), e.getMessage());
    } catch (IOException | RuntimeException | Error e) {
      return new Wire.Answer.Refused(
          "INVALID_ARGUMENT", "DOCUMENT_UNREADABLE", "the file is damaged");
    }
  }

  private byte[] result(Wire.Asked asked) throws IOException {
    return switch (asked) {
      case Wire.Asked.Read it -> {
        parser(it.format()).parse(it.file(), this::some);
        yield new byte[0];
      }
      case Wire.Asked.Draw it -> PdfPicture.draw(it.file(), it.page(), it.width());
      case Wire.Asked.Find it -> languages.find(it.text()).getBytes(StandardCharsets.UTF_8);
    };
  }

  private Parser parser(Format format) {
    return switch (format) {
      case PDF -> new PdfParser(recognition);
      case DOCX -> new DocxParser();
      case HTML -> new HtmlParser();
      case MARKDOWN -> new MarkdownParser(Charsets::open);
      case TXT -> new TextParser();
    };
  }

  private void some(Reading reading) {
    try {
      write(new Wire.Answer.Some(reading));
      if (System.nanoTime() - flushed > FLUSH_NANOS || !(reading instanceof Reading.PageRead)) {
        out.flush();
        flushed = System.nanoTime();
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private void write(Wire.Answer answer) throws IOException {
    Wire.write(out, answer);
  }
}
