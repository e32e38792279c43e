package dev.parley.documentsvc.reader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/** Writes PDF files object by object, so that they can be as wrong as wanted. */
final class RawPdf {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>(List.of(0));

  RawPdf() {
    add("%PDF-1.5\n");
  }

  /** The next object; the first has number 1. */
  RawPdf object(String body) {
    offsets.add(file.size());
    add((offsets.size() - 1) + " 0 obj\n" + body + "\nendobj\n");
    return this;
  }

  RawPdf stream(String entries, byte[] data) {
    offsets.add(file.size());
    add((offsets.size() - 1) + " 0 obj\n<<" + entries + "/Length " + data.length + ">>stream\n");
    file.writeBytes(data);
    add("\nendstream\nendobj\n");
    return this;
  }

  /** Catalog, one page of that size with that content, and more objects from 6 on. */
  static RawPdf page(String box, String catalog, String resources, byte[] content, String filter) {
    return new RawPdf()
            .object("<</Type/Catalog/Pages 2 0 R" + catalog + ">>")
            .object("<</Type/Pages/Count 1/Kids[3 0 R]>>")
            .object(
                "<</Type/Page/Parent 2 0 R/MediaBox["
                    + box
                    + "]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>"
                    + resources
                    + ">>>>")
            .object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
            .stream(filter, content);
  }

  static RawPdf page(String content) {
    return page("0 0 595 842", "", "", latin(content), "");
  }

  byte[] bytes(String trailer) {
    int table = file.size();
    add("xref\n0 " + offsets.size() + "\n0000000000 65535 f \n");
    offsets.stream().skip(1).forEach(it -> add("%010d 00000 n \n".formatted(it)));
    add("trailer<</Size " + offsets.size() + "/Root 1 0 R" + trailer + ">>\nstartxref\n" + table);
    add("\n%%EOF");
    return file.toByteArray();
  }

  byte[] bytes() {
    return bytes("");
  }

  private void add(String text) {
    file.writeBytes(latin(text));
  }

  static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** So many bytes of one value, packed so many times over. */
  static byte[] bomb(int megabytes, int times) {
    byte[] packed = packed(megabytes);
    for (int i = 1; i < times; i++) {
      var out = new ByteArrayOutputStream();
      try (var deflater = new DeflaterOutputStream(out)) {
        deflater.write(packed);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      packed = out.toByteArray();
    }
    return packed;
  }

  private static byte[] packed(int megabytes) {
    var out = new ByteArrayOutputStream();
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.ISO_8859_1);
    try (var deflater = new DeflaterOutputStream(out)) {
      for (int i = 0; i < megabytes; i++) {
        deflater.write(blanks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
