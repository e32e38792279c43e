package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files made to break what reads them. */
final class HostileFiles {
  /** One of them. */
  record Hostile(String name, Format format, byte[] bytes) {}

  private static final String WORDS = "BT /F 12 Tf 72 700 Td (Some words.) Tj ET";
  private static final String W =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

  private final List<Hostile> all = new ArrayList<>();

  static List<Hostile> all() {
    HostileFiles files = new HostileFiles();
    files.brokenPdfs();
    files.strangePdfs();
    files.largePdfs();
    files.packages();
    files.pages();
    files.markdown();
    files.texts();
    return files.all;
  }

  private void add(String name, Format format, byte[] bytes) {
    all.add(new Hostile(format + " " + name, format, bytes));
  }

  private void add(String name, Format format, String text) {
    add(name, format, text.getBytes(StandardCharsets.UTF_8));
  }

  private void broken(Format format, byte[] good, int cuts, int flips) {
    for (int i = 1; i <= cuts; i++) {
      add(
          "cut at " + i + "/" + (cuts + 1),
          format,
          java.util.Arrays.copyOf(good, good.length * i / (cuts + 1)));
    }
    for (int seed = 1; seed <= flips; seed++) {
      byte[] bad = good.clone();
      Random random = new Random(seed);
      for (int i = 0; i < 1 + bad.length / 60; i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      add("damaged with seed " + seed, format, bad);
    }
  }

  private void brokenPdfs() {
    add("only its first line", Format.PDF, "%PDF-1.7\n");
    add("nothing but zeros after its first line", Format.PDF, "%PDF-1.7\n" + "\0".repeat(100_000));
    broken(Format.PDF, RawPdf.page(WORDS).bytes(), 8, 12);
  }

  private static RawPdf tree(String pages, String... more) {
    RawPdf pdf = new RawPdf().object("<</Type/Catalog/Pages 2 0 R>>").object(pages);
    for (String it : more) {
      pdf.object(it);
    }
    return pdf;
  }

  private void strangePdfs() {
    add(
        "a tree of pages that is a circle",
        Format.PDF,
        tree("<</Type/Pages/Count 1/Kids[2 0 R 3 0 R]>>", "<</Type/Pages/Count 1/Kids[2 0 R]>>")
            .bytes());
    String page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>";
    add(
        "two billion pages, it says",
        Format.PDF,
        tree("<</Type/Pages/Count 2147483647/Kids[3 0 R]>>", page).bytes());
    add(
        "less than no pages",
        Format.PDF,
        tree("<</Type/Pages/Count -7/Kids[3 0 R]>>", page).bytes());
    add("no pages", Format.PDF, tree("<</Type/Pages/Count 0/Kids[]>>").bytes());
    RawPdf deep = new RawPdf().object("<</Type/Catalog/Pages 2 0 R>>");
    for (int i = 3; i < 6_000; i++) {
      deep.object("<</Type/Pages/Count 1/Kids[" + i + " 0 R]>>");
    }
    add("a tree of pages 6,000 deep", Format.PDF, deep.object(page).bytes());
    add("arrays 200,000 deep", Format.PDF, RawPdf.page("[".repeat(200_000)).bytes());
    add(
        "dictionaries 200,000 deep",
        Format.PDF,
        tree("<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</A".repeat(200_000)).bytes());
    add("a million saved states", Format.PDF, RawPdf.page("q ".repeat(1_000_000) + WORDS).bytes());
    add(
        "an outline that is a circle",
        Format.PDF,
        RawPdf.page("0 0 595 842", "/Outlines 6 0 R", "", RawPdf.latin(WORDS), "")
            .object("<</First 7 0 R/Last 7 0 R/Count 1>>")
            .object("<</Title(A)/Next 7 0 R/First 6 0 R/Parent 6 0 R/Dest[3 0 R/Fit]>>")
            .bytes());
    add(
        "a form that draws itself",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "/XObject<</X 6 0 R>>", RawPdf.latin("/X Do " + WORDS), "")
            .stream(
                "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
                RawPdf.latin("/X Do /X Do"))
            .bytes());
    add(
        "a table of objects that points at itself",
        Format.PDF,
        RawPdf.page(WORDS).bytes("/Prev 500"));
    add(
        "labels that are a circle",
        Format.PDF,
        RawPdf.page("0 0 595 842", "/PageLabels 6 0 R", "", RawPdf.latin(WORDS), "")
            .object("<</Kids[6 0 R 6 0 R]>>")
            .bytes());
    for (String box :
        List.of(
            "0 0 1e30 1e30",
            "0 0 -5 -5",
            "0 0 0 0",
            "-9e9 -9e9 9e9 9e9",
            "a b c d",
            "0 0 14400000 3")) {
      add(
          "a page of " + box,
          Format.PDF,
          RawPdf.page(box, "", "", RawPdf.latin(WORDS), "").bytes());
    }
  }

  private void largePdfs() {
    add(
        "a content of 500 MB packed",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "", RawPdf.bomb(500, 1), "/Filter/FlateDecode").bytes());
    add(
        "a content of 500 MB packed twice",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "", RawPdf.bomb(500, 2), "/Filter[/FlateDecode/FlateDecode]")
            .bytes());
    add(
        "a page of a million glyphs",
        Format.PDF,
        RawPdf.page("BT /F 1 Tf " + "1 0 Td (0123456789) Tj ".repeat(100_000) + "ET").bytes());
    add(
        "a string of 5 MB",
        Format.PDF,
        RawPdf.page("BT /F 1 Tf (" + "x".repeat(5_000_000) + ") Tj ET").bytes());
    add(
        "a picture of ten billion points",
        Format.PDF,
        RawPdf.page("0 0 595 842", "", "/XObject<</X 6 0 R>>", RawPdf.latin("/X Do"), "").stream(
                "/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode",
                RawPdf.bomb(1, 1))
            .bytes());
  }

  private void packages() {
    byte[] good =
        docx(
            "<w:document "
                + W
                + "><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>");
    broken(Format.DOCX, good, 5, 8);
    add("no package", Format.DOCX, zip(List.of(entry("a.txt", "words"))));
    add("an empty package", Format.DOCX, zip(List.of()));
    add("a main part that is no XML", Format.DOCX, docx("words"));
    add(
        "a main part that is cut off",
        Format.DOCX,
        docx("<w:document " + W + "><w:body><w:p><w:r><w:t>Words"));
    add("a billion laughs", Format.DOCX, docx(laughs()));
    add(
        "an entity from a file",
        Format.DOCX,
        docx(
            "<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document "
                + W
                + "><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"));
    add("300 MB of blanks packed", Format.DOCX, bombedDocx());
    add(
        "elements 200,000 deep",
        Format.DOCX,
        docx("<w:document " + W + ">" + "<w:p>".repeat(200_000)));
    add(
        "tables 50,000 deep",
        Format.DOCX,
        docx("<w:document " + W + "><w:body>" + "<w:tbl><w:tr><w:tc>".repeat(50_000)));
    add(
        "an attribute of 20 MB",
        Format.DOCX,
        docx("<w:document " + W + " a=\"" + "x".repeat(20_000_000) + "\"/>"));
    List<Entry> many = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      many.add(entry("f" + i, ""));
    }
    add("50,000 parts", Format.DOCX, zip(many));
    add(
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
    add("an old file of zeros", Format.DOCX, old);
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

  private void pages() {
    add("elements 200,000 deep", Format.HTML, "<html>" + "<div>".repeat(200_000) + "words");
    add("300,000 open paragraphs", Format.HTML, "<html>" + "<p>a<b>".repeat(300_000));
    add(
        "an attribute of 20 MB",
        Format.HTML,
        "<html><p title='" + "x".repeat(20_000_000) + "'>words");
    add("a comment without an end", Format.HTML, "<html>words<!--" + "x".repeat(10_000_000));
    add("a million entities", Format.HTML, "<html><p>" + "&amp;&#x110000;&lt".repeat(1_000_000));
    add("tables 5,000 deep", Format.HTML, "<html>" + "<table><tr><td>a".repeat(5_000));
    add("badly nested formats", Format.HTML, "<html>" + "<b><i><p></b></i>x".repeat(20_000));
    add("zeros and controls", Format.HTML, "<html>\0\u0001<p>\0words\u0007</p>");
    add("plain text that never ends", Format.HTML, "<html><plaintext>" + "<p>".repeat(500_000));
    add("a million attributes", Format.HTML, "<html><p " + "a=b ".repeat(1_000_000) + ">words");
    add("a select of a million", Format.HTML, "<html><select>" + "<option>a".repeat(300_000));
  }

  private void markdown() {
    add("quotes 100,000 deep", Format.MARKDOWN, ">".repeat(100_000) + " words");
    add("lists 2,000 deep", Format.MARKDOWN, nested(2_000));
    add("100,000 brackets", Format.MARKDOWN, "# A\n" + "[".repeat(100_000) + "]".repeat(100_000));
    add("200,000 stars", Format.MARKDOWN, "# A\n" + "*a **a ".repeat(100_000));
    add("200,000 ticks", Format.MARKDOWN, "# A\n" + "`a``b".repeat(100_000));
    add("code without an end", Format.MARKDOWN, "```\n" + "x\n".repeat(1_000_000));
    add(
        "a table of 100,000 columns",
        Format.MARKDOWN,
        "|a".repeat(100_000) + "|\n" + "|-".repeat(100_000) + "|\n" + "|b".repeat(100_000) + "|\n");
    add("a line of 20 MB", Format.MARKDOWN, "# A\n" + "x".repeat(20_000_000));
    add("links of links", Format.MARKDOWN, "![".repeat(30_000) + "a" + "](b)".repeat(30_000));
  }

  private static String nested(int deep) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < deep; i++) {
      text.append(" ".repeat(2 * i)).append("- a\n");
    }
    return text.toString();
  }

  private void texts() {
    add("a word of 30 MB", Format.TXT, "x".repeat(30_000_000));
    add("nothing but ends of lines", Format.TXT, "\n".repeat(10_000_000) + "words");
    add("nothing but blanks", Format.TXT, " ".repeat(1_000_000));
    add("bytes at random", Format.TXT, random(2_000_000));
    add(
        "halves of pairs",
        Format.TXT,
        "\uFEFFa\uD800b\uDC00c".repeat(10_000).getBytes(StandardCharsets.UTF_16BE));
    add("marks that turn the text round", Format.TXT, "\u202E\u2066words\u200F ".repeat(50_000));
    add("accents 100,000 high", Format.TXT, "a" + "\u0301".repeat(100_000));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }
}
