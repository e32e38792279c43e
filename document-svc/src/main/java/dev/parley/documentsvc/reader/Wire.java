package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Layout;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.Reading;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes between the service and the process that reads files: a byte that says what it is, then
 * its fields. Both sides are always of the same build.
 */
public final class Wire {
  private static final int MAX_BYTES = 64 << 20;
  private static final long NEVER = Long.MIN_VALUE;

  private Wire() {}

  /** What the process is asked for. */
  public sealed interface Asked {
    /** Text and structure of a file. */
    record Read(Path file, Format format) implements Asked {}

    /** A picture of a page. */
    record Draw(Path file, int page, int width) implements Asked {}

    /** The language of a text. */
    record Find(String text) implements Asked {}
  }

  /** What it answers: any number of readings, then one of the others. */
  public sealed interface Answer {
    /** Something that was read. */
    record Some(Reading reading) implements Answer {}

    /** It is done; what was asked for, empty for a file that was read. */
    record Done(byte[] result) implements Answer {}

    /** It cannot be done: code, reason and message of a failure. */
    record Refused(String code, String reason, String message) implements Answer {}
  }

  /** Writes a question. */
  public static void write(DataOutputStream out, Asked asked) throws IOException {
    switch (asked) {
      case Asked.Read it -> {
        out.writeByte('R');
        text(out, it.file().toString());
        text(out, it.format().name());
      }
      case Asked.Draw it -> {
        out.writeByte('D');
        text(out, it.file().toString());
        out.writeInt(it.page());
        out.writeInt(it.width());
      }
      case Asked.Find it -> {
        out.writeByte('F');
        text(out, it.text());
      }
    }
    out.flush();
  }

  /** Reads a question; empty at the end. */
  public static Optional<Asked> asked(DataInputStream in) throws IOException {
    return switch (in.read()) {
      case -1 -> Optional.empty();
      case 'R' -> Optional.of(new Asked.Read(Path.of(text(in)), Format.valueOf(text(in))));
      case 'D' -> Optional.of(new Asked.Draw(Path.of(text(in)), in.readInt(), in.readInt()));
      case 'F' -> Optional.of(new Asked.Find(text(in)));
      default -> throw new IOException("no such question");
    };
  }

  /** Writes an answer; the caller flushes. */
  public static void write(DataOutputStream out, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Some some -> reading(out, some.reading());
      case Answer.Done done -> {
        out.writeByte('.');
        bytes(out, done.result());
      }
      case Answer.Refused it -> {
        out.writeByte('!');
        text(out, it.code());
        text(out, it.reason());
        text(out, it.message());
      }
    }
  }

  private static void reading(DataOutputStream out, Reading reading) throws IOException {
    switch (reading) {
      case Reading.Opened it -> {
        out.writeByte('O');
        out.writeInt(it.total());
      }
      case Reading.Warned it -> {
        out.writeByte('W');
        text(out, it.what());
      }
      case Reading.Told it -> {
        out.writeByte('T');
        text(out, it.title());
        out.writeInt(it.authors().size());
        for (String author : it.authors()) {
          text(out, author);
        }
        out.writeLong(it.written().map(Instant::toEpochMilli).orElse(NEVER));
        out.writeLong(it.modified().map(Instant::toEpochMilli).orElse(NEVER));
      }
      case Reading.PageRead it -> page(out, it.page());
    }
  }

  private static void page(DataOutputStream out, Page page) throws IOException {
    out.writeByte('P');
    out.writeInt(page.number());
    text(out, page.label());
    text(out, page.text());
    out.writeInt(page.headings().size());
    for (Heading it : page.headings()) {
      text(out, it.text());
      out.writeInt(it.level());
      out.writeInt(it.offset());
    }
    bytes(out, page.layout().packed());
  }

  /** Reads an answer. Fails with an EOFException when the process is gone. */
  public static Answer answer(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case '.' -> new Answer.Done(bytes(in));
      case '!' -> new Answer.Refused(text(in), text(in), text(in));
      case 'O' -> new Answer.Some(new Reading.Opened(in.readInt()));
      case 'W' -> new Answer.Some(new Reading.Warned(text(in)));
      case 'T' -> new Answer.Some(told(in));
      case 'P' -> new Answer.Some(new Reading.PageRead(page(in)));
      default -> throw new IOException("no such answer");
    };
  }

  private static Reading.Told told(DataInputStream in) throws IOException {
    String title = text(in);
    List<String> authors = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      authors.add(text(in));
    }
    return new Reading.Told(title, authors, time(in.readLong()), time(in.readLong()));
  }

  private static Optional<Instant> time(long millis) {
    return millis == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Page page(DataInputStream in) throws IOException {
    int number = in.readInt();
    String label = text(in);
    String text = text(in);
    List<Heading> headings = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      headings.add(new Heading(text(in), in.readInt(), number, in.readInt()));
    }
    return new Page(number, label, text, headings, new Layout(bytes(in)));
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException("a field of " + length + " bytes");
    }
    return in.readNBytes(length);
  }
}
