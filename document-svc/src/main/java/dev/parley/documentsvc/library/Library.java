package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.identity.Owner;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Documents of organisations: what people do with them. Thread-safe. */
public final class Library {
  /** A document that was uploaded, or was there already. */
  public record Uploaded(Document document, boolean alreadyThere) {}

  private static final int MANY = 100;

  private final DocumentStore documents;
  private final PassageStore passages;
  private final Collections collections;
  private final Originals originals;
  private final Queue queue;
  private final Removal removal;
  private final Spool spool;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * A library over stores.
   *
   * @param scratch folder for files while they are uploaded
   * @param ids makes ids of documents
   */
  public Library(
      DocumentStore documents,
      PassageStore passages,
      Collections collections,
      Originals originals,
      Queue queue,
      Removal removal,
      Path scratch,
      Supplier<String> ids,
      InstantSource clock) {
    this.documents = documents;
    this.passages = passages;
    this.collections = collections;
    this.originals = originals;
    this.queue = queue;
    this.removal = removal;
    this.spool = new Spool(scratch);
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Takes a file. It is kept when this returns; then it is read in the background.
   *
   * @param pieces its bytes
   */
  public Uploaded upload(Owner owner, Upload upload, Iterator<byte[]> pieces) {
    collections.require(owner, upload.collectionId());
    try (Spool.Kept file = spool.take(upload.name(), pieces)) {
      Optional<Document> there =
          documents.withContent(owner.organisationId(), upload.collectionId(), file.sha256());
      return there.map(it -> new Uploaded(it, true)).orElseGet(() -> keep(owner, upload, file));
    }
  }

  private Uploaded keep(Owner owner, Upload upload, Spool.Kept file) {
    Document made = Document.stored(ids.get(), owner, upload, file, clock.instant());
    originals.put(made.key(), file.path(), made.format().mediaType());
    Document kept = documents.insert(made);
    if (!kept.id().equals(made.id())) {
      originals.remove(made.key());
      return new Uploaded(kept, true);
    }
    queue.ingest(kept);
    return new Uploaded(kept, false);
  }

  /** One document. Fails with DOCUMENT_NOT_FOUND. */
  public Document get(Owner owner, String id) {
    return documents
        .find(owner.organisationId(), id)
        .orElseThrow(() -> Failure.notFound("document", id));
  }

  /** Some documents, newest first. */
  public DocumentStore.Slice list(DocumentStore.Query query, String token) {
    return documents.list(query, token);
  }

  /** Changes what people may change. Fails with VERSION_CONFLICT. */
  public Document update(Document changed) {
    return documents
        .update(changed)
        .orElseThrow(() ->
            Failure.of(
                Code.ABORTED,
                "VERSION_CONFLICT",
                "version: " + changed.version() + " (somebody was faster; read it again)"));
  }

  /** Removes a document with its passages and its file; gone when this returns. */
  public void delete(Owner owner, String id) {
    if (!documents.hide(owner.organisationId(), id)) {
      throw Failure.notFound("document", id);
    }
    queue.remove(id);
    removal.run(id);
  }

  /** Begins to make a document anew; until it is done it is searched as it was. */
  public Document reprocess(Owner owner, String id) {
    Document renewed =
        documents
            .renew(owner.organisationId(), id)
            .orElseThrow(() -> Failure.notFound("document", id));
    queue.ingest(renewed);
    return renewed;
  }

  /** Passages in order; of the live revision, or of the one that is made when none is live. */
  public List<Chunk> chunks(Owner owner, String id, int from, int limit, int page) {
    Document of = get(owner, id);
    return passages.chunks(of.revision(shown(of)), from, limit, page);
  }

  /** One page. Fails with DOCUMENT_NOT_READY, PAGE_NOT_FOUND. */
  public Page page(Owner owner, String id, int number) {
    Document of = get(owner, id);
    return passages
        .page(of.revision(shown(of)), number)
        .orElseThrow(() ->
            of.progress().stage().isEnd() || of.live() > 0
                ? Failure.notFound("page", String.valueOf(number))
                : Failure.of(
                    Code.FAILED_PRECONDITION,
                    "DOCUMENT_NOT_READY",
                    "page " + number + " is not read yet; try again"));
  }

  /**
   * Where a passage, or a quote from it, stands on a page.
   *
   * @param chunkId the passage; empty means none
   * @param quote some of its words; empty means all of it
   */
  public List<Span> spans(Owner owner, Document document, Page page, String chunkId, String quote) {
    List<Span> passage =
        chunkId.isEmpty()
            ? List.of()
            : chunk(owner, document.id(), chunkId).spans().stream()
                .filter(it -> it.page() == page.number())
                .toList();
    return quote.isEmpty()
        ? passage
        : Marking.find(page, quote, passage).map(List::of).orElse(passage);
  }

  private Chunk chunk(Owner owner, String documentId, String chunkId) {
    var live = passages.live(owner.organisationId(), Filter.ANY, Set.of(chunkId));
    return Optional.ofNullable(live.get(chunkId))
        .filter(it -> it.document().id().equals(documentId))
        .map(PassageStore.Placed::chunk)
        .orElseThrow(() ->
            Failure.of(
                Code.NOT_FOUND, "NOT_FOUND", "the document has no passage \"" + chunkId + "\""));
  }

  /** Removes a collection with its documents. Fails with COLLECTION_NOT_FOUND. */
  public void deleteCollection(Owner owner, String id) {
    collections.get(owner.organisationId(), id);
    Filter in =
        new Filter(
            List.of(id),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    List<String> some = documents.ids(owner.organisationId(), in, MANY);
    while (!some.isEmpty()) {
      some.forEach(it -> delete(owner, it));
      some = documents.ids(owner.organisationId(), in, MANY);
    }
    collections.remove(owner.organisationId(), id);
  }

  /** The file as it was uploaded; length 0 means to the end. The caller closes it. */
  public InputStream original(Document document, long offset, long length) {
    if (offset >= document.sizeBytes()) {
      return InputStream.nullInputStream();
    }
    return originals.read(document.key(), offset, length);
  }

  static int shown(Document document) {
    return document.live() > 0 ? document.live() : document.work();
  }
}
