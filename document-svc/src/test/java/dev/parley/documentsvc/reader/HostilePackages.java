package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packages, as DOCX is one, that are broken or larger than they look. */
final class HostilePackages {
  private static final String W =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

  private HostilePackages() {}

  static void addTo(HostileFiles to) {
    byte[] good =
        docx(
            "<w:document "
                + W
                + "><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>");
    to.broken(Format.DOCX, good, 5, 8);
    to.add("no package", Format.DOCX, zip(List.of(entry("a.txt", "words"))));
    to.add("an empty package", Format.DOCX, zip(List.of()));
    to.add("a main part that is no XML", Format.DOCX, docx("words"));
    to.add(
        "a main part that is cut off",
        Format.DOCX,
        docx("<w:document " + W + "><w:body><w:p><w:r><w:t>Words"));
    to.add("a billion laughs", Format.DOCX, docx(laughs()));
    to.add(
        "an entity from a file",
        Format.DOCX,
        docx(
            "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document "
                + W
                + "><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"));
    to.add("300 MB of blanks packed", Format.DOCX, bombedDocx());
    to.add(
        "elements 200,000 deep",
        Format.DOCX,
        docx("<w:document " + W + ">" + "<w:p>".repeat(200_000)));
    to.add(
        "tables 50,000 deep",
        Format.DOCX,
        docx("<w:document " + W + "><w:body>" + "<w:tbl><w:tr><w:tc>".repeat(50_000)));
    to.add(
        "an attribute of 20 MB",
        Format.DOCX,
        docx("<w:document " + W + " a=\"" + "x".repeat(20_000_000) + "\"/>"));
    List<Entry> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      many.add(entry("f" + i, ""));
    }
    to.add("50,000 parts", Format.DOCX, zip(many));
    to.add(
        "a part outside of it",
        Format.DOCX,
        zip(List.of(entry("../../../../tmp/parley-hostile", "words"))));
    byte[] old = new byte[4096];
    System.arraycopy(
        new byte[] {
          (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
        },
        0,
        old,
        0,
        8);
    to.add("an old file of zeros", Format.DOCX, old);
  }

  private static String laughs() {
    StringBuilder text = new StringBuilder("<!DOCTYPE w:document [<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 30; i++) {
      text.append("<!ENTITY a")
          .append(i)
          .append(" \"")
          .append(("&a" + (i - 1) + ";").repeat(10))
          .append("\">");
    }
    return text
        + "]><w:document "
        + W
        + "><w:body><w:p><w:r><w:t>&a29;</w:t></w:r></w:p></w:body></w:document>";
  }

  private record Entry(String name, String text) {}

  private static Entry entry(String name, String text) {
    return new Entry(name, text);
  }

  private static byte[] zip(List<Entry> entries) {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Entry it : entries) {
        zip.putNextEntry(new ZipEntry(it.name()));
        zip.write(it.text().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static final String TYPES =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
  private static final String RELATIONS =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

  private static byte[] docx(String document) {
    return zip(
        List.of(
            entry("[Content_Types].xml", TYPES),
            entry("_rels/.rels", RELATIONS),
            entry("word/document.xml", document)));
  }

  private static byte[] bombedDocx() {
    var bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Entry it :
          List.of(entry("[Content_Types].xml", TYPES), entry("_rels/.rels", RELATIONS))) {
        zip.putNextEntry(new ZipEntry(it.name()));
        zip.write(it.text().getBytes(StandardCharsets.UTF_8));
      }
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(("<w:document " + W + "><w:body><w:p><w:r><w:t>").getBytes(StandardCharsets.UTF_8));
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 300; i++) {
        zip.write(blanks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
