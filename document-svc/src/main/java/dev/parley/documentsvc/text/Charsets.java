package dev.parley.documentsvc.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds the charset of a text: valid UTF-8 is UTF-8; else what Mozilla's detector says. */
public final class Charsets {
  private static final int HEAD = 1 << 18;

  private Charsets() {}

  /** Opens a text in its charset, without its byte order mark; what does not fit becomes U+FFFD. */
  public static BufferedReader open(Path file) throws IOException {
    Charset charset = of(file);
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    var reader = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
    return reader;
  }

  /** The charset by the first {@value #HEAD} bytes. */
  public static Charset of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (isUtf8(head)) {
      return StandardCharsets.UTF_8;
    }
    var detector = new UniversalDetector();
    detector.handleData(head);
    detector.dataEnd();
    return named(detector.getDetectedCharset());
  }

  private static Charset named(String name) {
    if ("MACCYRILLIC".equals(name) || "x-mac-cyrillic".equalsIgnoreCase(name)) {
      return Charset.forName("windows-1251"); // What the detector takes for the rare other one.
    }
    try {
      return name == null ? Charset.forName("windows-1252") : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Charset.forName("windows-1252");
    }
  }

  /** Whether it decodes, but for a character cut off at the end, and holds no zeros. */
  private static boolean isUtf8(byte[] head) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var result = decoder.decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length + 1), false);
    for (byte it : head) {
      if (it == 0) {
        return false;
      }
    }
    return !result.isError();
  }
}
