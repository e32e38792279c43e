package dev.parley.documentsvc;

import dev.parley.documentsvc.grpc.DocumentGrpc;
import dev.parley.documentsvc.grpc.Streams;
import dev.parley.documentsvc.library.Cast;
import dev.parley.documentsvc.library.CollectionStore;
import dev.parley.documentsvc.library.Collections;
import dev.parley.documentsvc.library.Copies;
import dev.parley.documentsvc.library.Document;
import dev.parley.documentsvc.library.DocumentStore;
import dev.parley.documentsvc.library.Ingestion;
import dev.parley.documentsvc.library.Library;
import dev.parley.documentsvc.library.PassageIndex;
import dev.parley.documentsvc.library.PassageStore;
import dev.parley.documentsvc.library.Pictures;
import dev.parley.documentsvc.library.Preview;
import dev.parley.documentsvc.library.Queue;
import dev.parley.documentsvc.library.Removal;
import dev.parley.documentsvc.library.Search;
import dev.parley.documentsvc.peers.CharacterPeer;
import dev.parley.documentsvc.peers.MemoryPeer;
import dev.parley.documentsvc.peers.VectorPeer;
import dev.parley.documentsvc.postgres.PostgresCollectionStore;
import dev.parley.documentsvc.postgres.PostgresDatabase;
import dev.parley.documentsvc.postgres.PostgresDocumentStore;
import dev.parley.documentsvc.postgres.PostgresPassageStore;
import dev.parley.documentsvc.reader.ReaderPool;
import dev.parley.documentsvc.reader.ReaderSettings;
import dev.parley.documentsvc.s3.S3Originals;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.jobs.Jobs;
import dev.parley.kit.jobs.Patience;
import io.grpc.BindableService;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Documents, wired: PostgreSQL, S3, processes that read, and the memory service. */
public final class DocumentService implements Service {
  private static final String INGEST = "document-ingest";
  private static final String REMOVE = "document-remove";

  private final PostgresDatabase database;
  private final S3Originals originals;
  private final ReaderPool reader;
  private final Jobs jobs;
  private final DocumentGrpc grpc;
  private final DocumentSettings settings;

  private DocumentService(
      DocumentSettings settings,
      PostgresDatabase database,
      S3Originals originals,
      Channel memory,
      Cast cast) {
    this.settings = settings;
    this.database = database;
    this.originals = originals;
    InstantSource clock = InstantSource.system();
    Path scratch = Scratch.empty(settings.folder());
    this.reader =
        new ReaderPool(settings.readers(), bounds(settings, scratch), ReaderMain.class.getName());
    DocumentStore documents = new PostgresDocumentStore(database);
    PassageStore passages = new PostgresPassageStore(database);
    CollectionStore kept = new PostgresCollectionStore(database);
    MemoryPeer meanings = new MemoryPeer(memory);
    PassageIndex index = new VectorPeer(memory);
    Copies copies = new Copies(originals, scratch);
    Ingestion ingestion = new Ingestion(documents, passages, kept, copies, reader, meanings, index);
    Removal removal = new Removal(documents, index, originals);
    this.jobs =
        Jobs.start(
            database.pool(),
            settings.jobs(),
            Patience.STORES,
            Map.of(INGEST, new IngestWork(ingestion), REMOVE, new RemoveWork(removal)));
    Queue queue = new JobQueue(jobs);
    documents.unfinished().forEach(queue::ingest);
    documents.allHidden().forEach(queue::remove);
    Collections collections = new Collections(kept, cast, clock);
    Library library =
        new Library(
            documents, passages, collections, originals, queue, removal, scratch, Ids::next, clock);
    this.grpc =
        new DocumentGrpc(
            library,
            collections,
            new Preview(passages, meanings),
            new Search(documents, passages, index, meanings),
            new Streams(library, new Pictures(copies, reader)),
            settings.searchLimit());
  }

  /**
   * Makes documents ready; what was not finished goes on. The channel stays the caller's.
   *
   * @param memory to the memory and vector services
   * @param orchestrator to the service of characters; it need not answer yet
   * @throws dev.parley.kit.failure.Failure STORE_FAILED when a store is not there
   */
  public static DocumentService start(
      DocumentSettings settings, Channel memory, Channel orchestrator) {
    return start(settings, memory, new CharacterPeer(orchestrator));
  }

  static DocumentService start(DocumentSettings settings, Channel memory, Cast cast) {
    PostgresDatabase database =
        PostgresDatabase.open(
            settings.postgresUrl(),
            settings.postgresUser(),
            settings.postgresPassword(),
            settings.postgresConnections());
    try {
      S3Originals originals =
          S3Originals.open(
              settings.s3Endpoint(),
              settings.s3AccessKey(),
              settings.s3SecretKey(),
              settings.s3Bucket(),
              settings.s3Encryption());
      return new DocumentService(settings, database, originals, memory, cast);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static ReaderSettings bounds(DocumentSettings it, Path scratch) {
    return new ReaderSettings(
        it.readerMemoryMb(),
        it.readerStall(),
        it.readerTotal(),
        it.readerIdle(),
        it.tesseract(),
        scratch);
  }

  @Override
  public String name() {
    return "document";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(grpc);
  }

  @Override
  public List<Part> parts() {
    return List.of(
        Part.probed("document-postgres", address(settings.postgresUrl()), database::ping),
        Part.probed("document-s3", settings.s3Endpoint(), originals::ping));
  }

  private static String address(String url) {
    return url.replaceFirst("\\?.*", "").replaceFirst("//[^@/]*@", "//");
  }

  @Override
  public void close() {
    jobs.close();
    reader.close();
    database.close();
  }

  /** Jobs by the name of what they work on. */
  private record JobQueue(Jobs jobs) implements Queue {
    @Override
    public void ingest(Document it) {
      jobs.submit(INGEST, it.id() + ":" + it.work());
    }

    @Override
    public void remove(String documentId) {
      jobs.submit(REMOVE, documentId);
    }
  }
}
