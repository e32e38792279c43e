package dev.parley.memorysvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.memorysvc.embedding.CachingEmbedder;
import dev.parley.memorysvc.grpc.MemoryGrpc;
import dev.parley.memorysvc.grpc.RecollectionGrpc;
import dev.parley.memorysvc.grpc.VectorGrpc;
import dev.parley.memorysvc.lucene.LuceneVectorStore;
import dev.parley.memorysvc.qdrant.QdrantVectorStore;
import dev.parley.memorysvc.recollection.Items;
import dev.parley.memorysvc.recollection.Memories;
import dev.parley.memorysvc.recollection.RecallTimes;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.Recollection;
import dev.parley.memorysvc.redis.RedisRecallTimes;
import dev.parley.memorysvc.redis.RedisRecentTurns;
import dev.parley.memorysvc.tribuo.TribuoClusterer;
import dev.parley.memorysvc.vectors.BackgroundRenewal;
import dev.parley.memorysvc.vectors.Clusters;
import dev.parley.memorysvc.vectors.VectorCollections;
import dev.parley.memorysvc.vectors.VectorStore;
import io.grpc.BindableService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Memory, wired: a vector store and an embedding model for the long term, Redis for the short. */
public final class MemoryService implements Service {
  private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Models models;
  private final VectorStore store;
  private final RecentTurns recent;
  private final VectorCollections collections;
  private final RecallTimes times;
  private final Memories memories;
  private final Recollection recollection;
  private final Items items;
  private final BackgroundRenewal renewal;
  private final Clusters clusters;
  private final Thread sweeping;
  private final InstantSource clock = InstantSource.system();

  private MemoryService(Models models, VectorStore store, RecentTurns recent, RecallTimes times) {
    this.models = models;
    this.store = store;
    this.recent = recent;
    this.times = times;
    CachingEmbedder embedder = models.cached();
    this.collections = new VectorCollections(store, models.embedders(embedder));
    this.memories = new Memories(store, collections);
    this.recollection = new Recollection(memories, recent, times, embedder, clock);
    this.items = new Items(recollection, memories, recent, times, embedder, clock);
    this.renewal = collections.renew();
    this.clusters = new Clusters(collections, new TribuoClusterer());
    this.sweeping = Thread.ofVirtual().name("forget-old").start(this::sweep);
  }

  /**
   * Makes memory ready. The pool stays the caller's and must outlive the service.
   *
   * @throws dev.parley.kit.failure.Failure when the model or the store cannot be opened
   */
  public static MemoryService start(MemorySettings settings, NativePool pool) {
    Models models = Models.load(settings, pool);
    try {
      RecentTurns recent = RedisRecentTurns.at(settings.redis(), settings.recentExpiry());
      RecallTimes times = RedisRecallTimes.at(settings.redis());
      return new MemoryService(models, openStore(settings), recent, times);
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
  }

  private static VectorStore openStore(MemorySettings settings) {
    return settings
        .qdrantUrl()
        .<VectorStore>map(url -> QdrantVectorStore.at(url, settings.qdrantKey()))
        .orElseGet(() -> LuceneVectorStore.open(settings.folder().resolve("collections")));
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(
        new MemoryGrpc(recollection, models.tokenizer(), models.reranker(), clock),
        new RecollectionGrpc(items),
        new VectorGrpc(collections, clusters));
  }

  @Override
  public List<Part> parts() {
    return List.of(
        new Part("memory-embeddings", false, () -> new Part.State(true, embeddings())),
        part(
            "memory-vectors",
            store::isHealthy,
            store.engine(),
            store.engine().equals("lucene")
                ? "cannot be written: is the disk full?"
                : "does not answer: is memory.qdrant-url right?"),
        part("memory-recent", recent::isHealthy, "redis", "does not answer: start redis-server"));
  }

  private String embeddings() {
    int left = renewal.left();
    String judge = models.reranker().map(it -> "; reranked by " + it.model()).orElse("");
    return models.describe() + judge + (left == 0 ? "" : "; re-embedding " + left + " collections");
  }

  /** Forgets what is over, soon after the start and every hour; what fails is done next time. */
  private void sweep() {
    try {
      Thread.sleep(FIRST_SWEEP);
      while (true) {
        try {
          memories.sweep(clock.instant());
        } catch (Failure e) {
          System.getLogger("parley.memory").log(System.Logger.Level.WARNING, "old memories", e);
        }
        Thread.sleep(SWEEP);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    clusters.close();
    renewal.close();
    sweeping.interrupt();
    recent.close();
    times.close();
    store.close();
    models.close();
  }

  private static Part part(String name, BooleanSupplier healthy, String engine, String mend) {
    return new Part(
        name,
        true,
        () -> {
          boolean up = healthy.getAsBoolean();
          return new Part.State(up, up ? engine : engine + " " + mend);
        });
  }
}
