package dev.parley.bench.stub;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Long files of words at random, written object by object: the same every time. */
public final class LongPapers {
  private static final String[] WORDS =
      ("harbour light tide vessel ledger anchor morning captain weather signal rope chart"
              + " current bridge cargo station engine window corner paper number question")
          .split(" ");
  private static final int LINES = 42;

  private LongPapers() {}

  /**
   * A book with 42 lines of about 80 characters a page, a running header and page numbers.
   *
   * @param typeset lines in pieces with distances between them, as TeX writes them; else each line
   *     is one string
   */
  public static Path pdf(Path file, int pages, boolean typeset) throws IOException {
    Random random = new Random(3);
    List<Long> offsets = new ArrayList<>();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      long at = write(out, "%PDF-1.4\n");
      StringBuilder kids = new StringBuilder();
      for (int i = 0; i < pages; i++) {
        kids.append(4 + 2 * i).append(" 0 R ");
      }
      List<String> heads =
          List.of(
              "<</Type/Catalog/Pages 2 0 R>>",
              "<</Type/Pages/Count " + pages + "/Kids[" + kids + "]>>",
              "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>");
      for (String head : heads) {
        offsets.add(at);
        at += object(out, offsets.size(), head);
      }
      for (int i = 0; i < pages; i++) {
        offsets.add(at);
        at += object(out, offsets.size(), page(offsets.size() + 1));
        offsets.add(at);
        String text = content(random, i + 1, typeset);
        String stream = "<</Length " + text.length() + ">>stream\n" + text + "\nendstream";
        at += object(out, offsets.size(), stream);
      }
      end(out, offsets, at);
    }
    return file;
  }

  private static String page(int content) {
    return "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
        + "/Contents "
        + content
        + " 0 R>>";
  }

  private static String content(Random random, int number, boolean typeset) {
    StringBuilder text = new StringBuilder("BT /F 11 Tf 14 TL 72 800 Td (The Book of Words) Tj");
    text.append(" 0 -30 Td ");
    for (int i = 0; i < LINES; i++) {
      String line = line(random);
      text.append(typeset ? "[" + pieces(line) + "] TJ T* " : "(" + line + ") Tj T* ");
    }
    return text.append("0 -40 Td (").append(number).append(") Tj ET").toString();
  }

  /** Blanks as distances, and a kerned pair in every longer word. */
  private static String pieces(String line) {
    return java.util.Arrays.stream(line.strip().split(" "))
        .map(it ->
            it.length() < 5
                ? "(" + it + ")"
                : "(" + it.substring(0, 2) + ")25(" + it.substring(2) + ")")
        .collect(java.util.stream.Collectors.joining("-280"));
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder();
    while (line.length() < 78) {
      line.append(WORDS[random.nextInt(WORDS.length)]);
      line.append(random.nextInt(12) == 0 ? ". " : " ");
    }
    return line.toString();
  }

  private static void end(OutputStream out, List<Long> offsets, long table) throws IOException {
    write(out, "xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
    for (long offset : offsets) {
      write(out, "%010d 00000 n \n".formatted(offset));
    }
    String trailer = "trailer<</Size " + (offsets.size() + 1) + "/Root 1 0 R>>\nstartxref\n";
    write(out, trailer + table + "\n%%EOF");
  }

  private static long object(OutputStream out, int number, String body) throws IOException {
    return write(out, number + " 0 obj\n" + body + "\nendobj\n");
  }

  private static long write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(bytes);
    return bytes.length;
  }

  /** A text of so many megabytes in paragraphs of about five lines. */
  public static Path text(Path file, int megabytes) throws IOException {
    Random random = new Random(4);
    long left = (long) megabytes << 20;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      while (left > 0) {
        left -= write(out, line(random) + (random.nextInt(5) == 0 ? "\n\n" : "\n"));
      }
    }
    return file;
  }
}
