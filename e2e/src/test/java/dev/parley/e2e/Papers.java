package dev.parley.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The same small manual in every format, told apart by a mark. */
final class Papers {
  static final String QUESTION = "When does the copper kettle have to be descaled?";
  static final String ANSWER = "The copper kettle must be descaled every forty days.";

  private static final List<String> OTHERS =
      List.of(
          "The office opens at eight and closes at five on working days.",
          "Bicycles stand in the yard behind the bakery, never before the gate.");

  private Papers() {}

  static byte[] text(String mark) {
    return utf8(OTHERS.get(0) + "\n\n" + ANSWER + "\n\n" + OTHERS.get(1) + "\n\n" + mark);
  }

  static byte[] markdown(String mark) {
    return utf8("# Manual " + mark + "\n\n" + OTHERS.get(0) + "\n\n## Kettle\n\n" + ANSWER + "\n");
  }

  static byte[] html(String mark) {
    return utf8(
        "<!doctype html><title>Manual</title><h1>Manual "
            + mark
            + "</h1><p>"
            + OTHERS.get(0)
            + "</p><h2>Kettle</h2><p>"
            + ANSWER
            + "</p>");
  }

  static byte[] docx(String mark) {
    String names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    StringBuilder body = new StringBuilder("<w:document " + names + "><w:body>");
    for (String it : List.of("Manual " + mark, OTHERS.get(0), ANSWER, OTHERS.get(1))) {
      body.append("<w:p><w:r><w:t>").append(it).append("</w:t></w:r></w:p>");
    }
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      part(
          zip,
          "[Content_Types].xml",
          "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
              + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package"
              + ".relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\""
              + "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
              + "\"/></Types>");
      part(
          zip,
          "_rels/.rels",
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
              + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/"
              + "2006/relationships/officeDocument\" Target=\"word/document.xml\"/>"
              + "</Relationships>");
      part(zip, "word/document.xml", body + "</w:body></w:document>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(utf8(text));
    zip.closeEntry();
  }

  /** Three pages, printed i, 1 and 2; the answer stands on the last. */
  static byte[] pdf(String mark) {
    return pdf(mark, ANSWER);
  }

  /** The same with that on the last page. */
  static byte[] pdf(String mark, String answer) {
    List<String> pages = List.of("Manual " + mark, OTHERS.get(0), answer);
    StringBuilder file = new StringBuilder("%PDF-1.4\n");
    int[] offsets = new int[4 + 2 * pages.size()];
    object(
        file, offsets, 1, "<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>>>");
    StringBuilder kids = new StringBuilder();
    for (int i = 0; i < pages.size(); i++) {
      kids.append(4 + 2 * i).append(" 0 R ");
    }
    object(file, offsets, 2, "<</Type/Pages/Count " + pages.size() + "/Kids[" + kids + "]>>");
    object(file, offsets, 3, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    for (int i = 0; i < pages.size(); i++) {
      int page = 4 + 2 * i;
      object(
          file,
          offsets,
          page,
          "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
              + "/Contents "
              + (page + 1)
              + " 0 R>>");
      String content = "BT /F 12 Tf 72 700 Td (" + pages.get(i) + ") Tj ET";
      object(
          file,
          offsets,
          page + 1,
          "<</Length " + content.length() + ">>stream\n" + content + "\nendstream");
    }
    int table = file.length();
    file.append("xref\n0 ").append(offsets.length).append("\n0000000000 65535 f \n");
    for (int i = 1; i < offsets.length; i++) {
      file.append("%010d 00000 n \n".formatted(offsets[i]));
    }
    file.append("trailer<</Size ").append(offsets.length).append("/Root 1 0 R>>\nstartxref\n");
    return file.append(table).append("\n%%EOF").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void object(StringBuilder file, int[] offsets, int number, String body) {
    offsets[number] = file.length();
    file.append(number).append(" 0 obj\n").append(body).append("\nendobj\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
