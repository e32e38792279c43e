package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds what a file is from its first bytes; its name decides only between kinds of text. */
final class Formats {
  private static final int HEAD = 8192;
  private static final Pattern HTML =
      Pattern.compile(
          "(?s)^\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body)\\b.*");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} \\S");
  private static final Pattern MARKS =
      Pattern.compile("(?m)^(```|~~~|> |[-*+] \\S)|\\[[^\\]\\n]+\\]\\([^)\\n]+\\)|\\*\\*\\S");

  private Formats() {}

  /** What a file is. Fails with DOCUMENT_UNREADABLE when it is none of ours. */
  static Format of(Path file, String name) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    String latin = new String(head, StandardCharsets.ISO_8859_1);
    if (latin.substring(0, Math.min(1024, latin.length())).contains("%PDF-")) {
      return Format.PDF;
    }
    if (latin.startsWith("PK\u0003\u0004")) {
      return Format.DOCX;
    }
    if (latin.startsWith("\u00D0\u00CF\u0011\u00E0")) {
      return Format.DOCX; // A compound file: an encrypted DOCX, or a Word file of before 2007.
    }
    if (latin.startsWith("{\\rtf")) {
      throw unreadable("it is an RTF file");
    }
    if (isBinary(head)) {
      throw unreadable("its bytes are none of these");
    }
    return text(latin, name.toLowerCase(Locale.ROOT));
  }

  private static Format text(String head, String name) {
    String plain =
        head.replace("\u0000", "")
            .replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)", "");
    if (HTML.matcher(plain.toLowerCase(Locale.ROOT)).matches()
        || name.endsWith(".html")
        || name.endsWith(".htm")
        || name.endsWith(".xhtml")) {
      return Format.HTML;
    }
    if (name.endsWith(".md") || name.endsWith(".markdown")) {
      return Format.MARKDOWN;
    }
    boolean marked = HEADING.matcher(plain).find() && MARKS.matcher(plain).find();
    return marked && !name.endsWith(".txt") ? Format.MARKDOWN : Format.TXT;
  }

  /** Text has no zeros, unless it is UTF-16 or 32, where about half or more of the bytes are. */
  private static boolean isBinary(byte[] head) {
    int zeros = 0;
    int controls = 0;
    for (byte it : head) {
      zeros += it == 0 ? 1 : 0;
      controls += it > 0 && it < 32 && "\t\n\r\f\u001B\b".indexOf(it) < 0 ? 1 : 0;
    }
    boolean wide =
        head.length >= 2
            && ((head[0] & 0xFF) >= 0xFE && (head[1] & 0xFF) >= 0xFE
                || head[0] == 0 && zeros * 5 > head.length * 2
                || head[1] == 0 && zeros * 5 > head.length * 2);
    return !wide && zeros > 0 || controls * 20 > head.length;
  }

  static Failure unreadable(String why) {
    return Failure.of(
        Code.INVALID_ARGUMENT,
        "DOCUMENT_UNREADABLE",
        "the file cannot be read: " + why + " (expected PDF, DOCX, TXT, Markdown or HTML)");
  }
}
