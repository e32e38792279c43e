package dev.parley.documentsvc.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentMetadata;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.SearchMode;
import dev.parley.document.v1.UpdateDocumentRequest;
import dev.parley.documentsvc.library.ChunkSettings;
import dev.parley.documentsvc.library.Collection;
import dev.parley.documentsvc.library.Document;
import dev.parley.documentsvc.library.DocumentClass;
import dev.parley.documentsvc.library.Facts;
import dev.parley.documentsvc.library.Filter;
import dev.parley.documentsvc.library.Label;
import dev.parley.documentsvc.library.PassageIndex;
import dev.parley.documentsvc.library.Stage;
import dev.parley.kit.failure.Failure;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests as the domain. */
final class Requests {
  private static final Set<String> DOCUMENT =
      Set.of(
          "display_name",
          "tags",
          "metadata.title",
          "metadata.authors",
          "metadata.written_time",
          "metadata.modified_time",
          "metadata.language",
          "classification");
  private static final Set<String> COLLECTION = Set.of("display_name", "chunks", "classes");

  private Requests() {}

  static Filter filter(DocumentFilter it) {
    return new Filter(
        it.getCollectionIdsList(),
        it.getDocumentIdsList(),
        it.getClassesList(),
        it.getLanguagesList(),
        it.getTagsList(),
        it.hasCreatedAfter() ? Optional.of(instant(it.getCreatedAfter())) : Optional.empty(),
        it.hasCreatedBefore() ? Optional.of(instant(it.getCreatedBefore())) : Optional.empty());
  }

  static Optional<Stage> stage(DocumentStage it) {
    return it.getNumber() == 0
        ? Optional.empty()
        : Optional.of(Stage.valueOf(it.name().substring("DOCUMENT_STAGE_".length())));
  }

  static PassageIndex.Mode mode(SearchMode it) {
    return it.getNumber() == 0
        ? PassageIndex.Mode.HYBRID
        : PassageIndex.Mode.valueOf(it.name().substring("SEARCH_MODE_".length()));
  }

  static ChunkSettings chunks(dev.parley.document.v1.ChunkSettings it) {
    int most = it.getMaxTokens() == 0 ? ChunkSettings.DEFAULT.maxTokens() : it.getMaxTokens();
    int overlap =
        it.hasOverlapTokens() ? it.getOverlapTokens() : ChunkSettings.DEFAULT.overlapTokens();
    if (overlap * 2 > most) {
      throw Failure.invalid(
          "chunks.overlap_tokens",
          overlap + " (expected at most half of max_tokens, " + most + ")");
    }
    return new ChunkSettings(most, overlap);
  }

  private static List<DocumentClass> classes(dev.parley.document.v1.Collection it) {
    List<DocumentClass> classes =
        it.getClassesList().stream()
            .map(c -> new DocumentClass(c.getLabel(), c.getDescription()))
            .toList();
    if (classes.stream().map(DocumentClass::label).distinct().count() < classes.size()) {
      throw Failure.invalid("collection.classes", "two of one label (expected each once)");
    }
    return classes;
  }

  static Collection collection(dev.parley.document.v1.Collection it) {
    return new Collection(
        it.getId(), it.getDisplayName(), chunks(it.getChunks()), classes(it), 0, Instant.EPOCH);
  }

  static Collection changed(
      Collection old, dev.parley.document.v1.Collection it, List<String> mask) {
    Set<String> fields = new HashSet<>(known(mask, COLLECTION));
    if (mask.isEmpty()) {
      add(fields, "display_name", !it.getDisplayName().isEmpty());
      add(fields, "chunks", it.hasChunks());
      add(fields, "classes", it.getClassesCount() > 0);
    }
    return new Collection(
        old.id(),
        fields.contains("display_name") ? it.getDisplayName() : old.name(),
        fields.contains("chunks") ? chunks(it.getChunks()) : old.chunks(),
        fields.contains("classes") ? classes(it) : old.classes(),
        old.documentCount(),
        old.createTime());
  }

  /** The document as a person wants it; what they set is remembered as theirs. */
  static Document changed(Document old, UpdateDocumentRequest request) {
    var it = request.getDocument();
    if (it.getVersion() != 0 && it.getVersion() != old.version()) {
      throw Failure.of(
          Failure.Code.ABORTED,
          "VERSION_CONFLICT",
          "document.version: " + it.getVersion() + " (expected " + old.version() + ")");
    }
    List<String> mask = request.getUpdateMask().getPathsList();
    Set<String> fields = new HashSet<>(known(expanded(mask), DOCUMENT));
    if (mask.isEmpty()) {
      addSet(fields, it);
    }
    Set<String> edited = new HashSet<>(old.edited());
    fields.forEach(field -> edited.add(field.replace("metadata.", "")));
    return old.edited(
        fields.contains("display_name") ? name(it.getDisplayName()) : old.name(),
        fields.contains("tags") ? it.getTagsList() : old.tags(),
        facts(old.facts(), it.getMetadata(), fields),
        fields.contains("classification")
            ? new Label(it.getClassification().getLabel(), 1)
            : old.label(),
        edited);
  }

  private static String name(String name) {
    if (name.isBlank()) {
      throw Failure.invalid("document.display_name", "blank (expected 1 to 200 characters)");
    }
    return name.strip();
  }

  private static void addSet(Set<String> fields, dev.parley.document.v1.Document it) {
    add(fields, "display_name", !it.getDisplayName().isEmpty());
    add(fields, "tags", it.getTagsCount() > 0);
    add(fields, "classification", it.hasClassification());
    add(fields, "metadata.title", !it.getMetadata().getTitle().isEmpty());
    add(fields, "metadata.authors", it.getMetadata().getAuthorsCount() > 0);
    add(fields, "metadata.written_time", it.getMetadata().hasWrittenTime());
    add(fields, "metadata.modified_time", it.getMetadata().hasModifiedTime());
    add(fields, "metadata.language", !it.getMetadata().getLanguage().isEmpty());
  }

  private static List<String> expanded(List<String> mask) {
    return mask.stream()
        .flatMap(path ->
            path.equals("metadata")
                ? DOCUMENT.stream().filter(it -> it.startsWith("metadata."))
                : java.util.stream.Stream.of(
                    path.replaceFirst("^classification\\..*", "classification")))
        .toList();
  }

  private static Facts facts(Facts old, DocumentMetadata it, Set<String> fields) {
    return new Facts(
        fields.contains("metadata.title") ? it.getTitle() : old.title(),
        fields.contains("metadata.authors") ? it.getAuthorsList() : old.authors(),
        fields.contains("metadata.written_time")
            ? optional(it.hasWrittenTime(), it.getWrittenTime())
            : old.written(),
        fields.contains("metadata.modified_time")
            ? optional(it.hasModifiedTime(), it.getModifiedTime())
            : old.modified(),
        old.pageCount(),
        old.wordCount(),
        fields.contains("metadata.language") ? language(it.getLanguage()) : old.language(),
        old.headings());
  }

  private static String language(String tag) {
    return tag.isBlank() ? "und" : tag;
  }

  private static Optional<Instant> optional(boolean there, Timestamp time) {
    return there ? Optional.of(instant(time)) : Optional.empty();
  }

  private static void add(Set<String> fields, String name, boolean there) {
    if (there) {
      fields.add(name);
    }
  }

  private static List<String> known(List<String> mask, Set<String> fields) {
    for (String path : mask) {
      if (!fields.contains(path)) {
        throw Failure.invalid(
            "update_mask", path + " (expected some of " + new java.util.TreeSet<>(fields) + ")");
      }
    }
    return mask;
  }

  static Instant instant(Timestamp it) {
    return Instant.ofEpochSecond(it.getSeconds(), it.getNanos());
  }

  static int orDefault(int value, int otherwise) {
    return value == 0 ? otherwise : value;
  }
}
