package dev.parley.documentsvc.library;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A choice of documents; everything that is set must hold. */
public record Filter(
    List<String> collections,
    List<String> documents,
    List<String> classes,
    List<String> languages,
    List<String> tags,
    Optional<Instant> createdAfter,
    Optional<Instant> createdBefore) {
  /** Any document. */
  public static final Filter ANY =
      new Filter(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());

  /** Whether it asks for what can change while a document is indexed. */
  boolean asksForDescription() {
    return !classes.isEmpty() || !languages.isEmpty() || !tags.isEmpty();
  }
}
