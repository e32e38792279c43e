package dev.parley.documentsvc.office;

import dev.parley.documentsvc.library.Parser;
import dev.parley.documentsvc.library.Reading;
import dev.parley.documentsvc.library.Sections;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamException;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackagePartName;
import org.apache.poi.openxml4j.opc.PackageProperties;
import org.apache.poi.openxml4j.opc.PackageRelationshipTypes;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * DOCX: the package by POI, which refuses zip bombs, its text by a pull parser in bounded memory.
 * Fails with DOCUMENT_ENCRYPTED, DOCUMENT_UNREADABLE.
 */
public final class DocxParser implements Parser {
  private static final long LARGEST_PART = 2L << 30;

  /** Sets POI's bounds, which hold for the whole process. */
  public DocxParser() {
    ZipSecureFile.setMaxEntrySize(LARGEST_PART);
    ZipSecureFile.setMinInflateRatio(0.005);
  }

  @Override
  public void parse(Path file, Consumer<Reading> to) throws IOException {
    refuseOld(file);
    to.accept(new Reading.Opened(0));
    try (OPCPackage opened = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
      to.accept(told(opened.getPackageProperties()));
      Styles styles = styles(opened);
      Sections sections = new Sections(to);
      try (InputStream in = main(opened).getInputStream()) {
        new Body(styles, sections).read(in);
      }
      Optional<PackagePart> notes = part(opened, "/word/footnotes.xml");
      if (notes.isPresent()) {
        try (InputStream in = notes.get().getInputStream()) {
          new Body(styles, sections).read(in);
        }
      }
      sections.end();
    } catch (InvalidFormatException | XMLStreamException e) {
      throw damaged(e);
    }
  }

  private static void refuseOld(Path file) throws IOException {
    if (FileMagic.valueOf(file.toFile()) != FileMagic.OLE2) {
      return;
    }
    try (POIFSFileSystem old = new POIFSFileSystem(file.toFile(), true)) {
      if (old.getRoot().hasEntryCaseInsensitive("EncryptedPackage")) {
        throw Failure.of(
            Failure.Code.INVALID_ARGUMENT,
            "DOCUMENT_ENCRYPTED",
            "the file opens only with a password; save it without one");
      }
    }
    throw Failure.of(
        Failure.Code.INVALID_ARGUMENT,
        "DOCUMENT_UNREADABLE",
        "it is a Word file of before 2007; save it as DOCX");
  }

  private static Reading.Told told(PackageProperties properties) {
    List<String> authors =
        properties.getCreatorProperty().stream()
            .flatMap(it -> Arrays.stream(it.split("\\s*[;,]\\s*")))
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(it -> it.substring(0, Math.min(200, it.length())))
            .limit(50)
            .toList();
    String title = properties.getTitleProperty().orElse("").strip();
    return new Reading.Told(
        title.substring(0, Math.min(500, title.length())),
        authors,
        properties.getCreatedProperty().map(Date::toInstant),
        properties.getModifiedProperty().map(Date::toInstant));
  }

  private static PackagePart main(OPCPackage opened) throws InvalidFormatException {
    var relations = opened.getRelationshipsByType(PackageRelationshipTypes.CORE_DOCUMENT);
    PackagePart main = relations.isEmpty() ? null : opened.getPart(relations.getRelationship(0));
    if (main == null || !main.getContentType().contains("wordprocessingml")) {
      main = part(opened, "/word/document.xml").orElse(null);
    }
    if (main == null) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT,
          "DOCUMENT_UNREADABLE",
          "it is a zip file but no Word document (expected PDF, DOCX, TXT, Markdown or HTML)");
    }
    return main;
  }

  private static Styles styles(OPCPackage opened)
      throws InvalidFormatException, IOException, XMLStreamException {
    Optional<PackagePart> part = part(opened, "/word/styles.xml");
    if (part.isEmpty()) {
      return Styles.NONE;
    }
    try (InputStream in = part.get().getInputStream()) {
      return Styles.read(in);
    }
  }

  private static Optional<PackagePart> part(OPCPackage opened, String name)
      throws InvalidFormatException {
    PackagePartName wanted = PackagingURIHelper.createPartName(name);
    return opened.containPart(wanted)
        ? Optional.ofNullable(opened.getPart(wanted))
        : Optional.empty();
  }

  private static Failure damaged(Exception e) {
    return Failure.of(Failure.Code.INVALID_ARGUMENT, "DOCUMENT_UNREADABLE", "the file is damaged")
        .causedBy(e);
  }
}
