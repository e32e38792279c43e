package dev.parley.documentsvc.office;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes DOCX files for tests, part by part, so that they can be wrong too. */
public final class DocxMaker {
  private static final String NAMES =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
  private final StringBuilder body = new StringBuilder();

  public DocxMaker heading(int level, String text) {
    return paragraph("<w:pPr><w:pStyle w:val=\"H" + level + "\"/></w:pPr>", text);
  }

  public DocxMaker paragraph(String text) {
    return paragraph("", text);
  }

  private DocxMaker paragraph(String properties, String text) {
    return raw("<w:p>" + properties + "<w:r><w:t>" + text + "</w:t></w:r></w:p>");
  }

  public DocxMaker row(String... cells) {
    StringBuilder row = new StringBuilder("<w:tbl><w:tr>");
    for (String cell : cells) {
      row.append("<w:tc><w:p><w:r><w:t>").append(cell).append("</w:t></w:r></w:p></w:tc>");
    }
    return raw(row + "</w:tr></w:tbl>");
  }

  public DocxMaker raw(String xml) {
    body.append(xml);
    return this;
  }

  public Path save(Path file) {
    return save(
        file,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document "
            + NAMES
            + "><w:body>"
            + body
            + "</w:body></w:document>");
  }

  /** With that main part, whatever it holds. */
  public static Path save(Path file, String document) {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      part(zip, "[Content_Types].xml", TYPES);
      part(zip, "_rels/.rels", RELATIONS);
      part(zip, "docProps/core.xml", CORE);
      part(zip, "word/styles.xml", styles());
      part(zip, "word/document.xml", document);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void part(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static String styles() {
    StringBuilder styles = new StringBuilder("<w:styles " + NAMES + ">");
    for (int i = 1; i <= 3; i++) {
      styles.append("<w:style w:type=\"paragraph\" w:styleId=\"H").append(i);
      styles.append("\"><w:name w:val=\"heading ").append(i).append("\"/></w:style>");
    }
    return styles + "</w:styles>";
  }

  private static final String TYPES =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
          + "<Default Extension=\"rels\""
          + " ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
          + "<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxml"
          + "formats-officedocument.wordprocessingml.document.main+xml\"/>"
          + "<Override PartName=\"/docProps/core.xml\""
          + " ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

  private static final String RELATIONS =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
          + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
          + "relationships/officeDocument\" Target=\"word/document.xml\"/>"
          + "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
          + "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
          + "</Relationships>";

  private static final String CORE =
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
          + "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
          + " xmlns:dcterms=\"http://purl.org/dc/terms/\""
          + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
          + "<dc:title>Rules of the yard</dc:title><dc:creator>Nell Grey</dc:creator>"
          + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2024-05-06T07:08:09Z</dcterms:created>"
          + "</cp:coreProperties>";
}
