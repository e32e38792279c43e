package dev.parley.memorysvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.memorysvc.embedding.CachingEmbedder;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.grpc.MemoryGrpc;
import dev.parley.memorysvc.grpc.VectorGrpc;
import dev.parley.memorysvc.lucene.LuceneVectorStore;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.OnnxEmbedder;
import dev.parley.memorysvc.qdrant.QdrantVectorStore;
import dev.parley.memorysvc.recollection.Memories;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.Recollection;
import dev.parley.memorysvc.redis.RedisRecentTurns;
import dev.parley.memorysvc.vectors.VectorCollections;
import dev.parley.memorysvc.vectors.VectorStore;
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Memory, wired: a vector store and an embedding model for the long term, Redis for the short. */
public final class MemoryService implements Service {
  private final OnnxEmbedder embedder;
  private final VectorStore store;
  private final RecentTurns recent;
  private final VectorCollections collections;
  private final Recollection recollection;
  private final InstantSource clock = InstantSource.system();

  private MemoryService(OnnxEmbedder embedder, VectorStore store, RecentTurns recent, int cache) {
    this.embedder = embedder;
    this.store = store;
    this.recent = recent;
    Embedder cached = new CachingEmbedder(embedder, cache);
    this.collections = new VectorCollections(store, cached);
    this.recollection = new Recollection(new Memories(collections), recent, cached, clock);
  }

  /**
   * Makes memory ready. The pool stays the caller's and must outlive the service.
   *
   * @throws dev.parley.kit.failure.Failure when the model or the store cannot be opened
   */
  public static MemoryService start(MemorySettings settings, NativePool pool) {
    EmbeddingModel model =
        settings.modelFolder().map(EmbeddingModel::in).orElseGet(EmbeddingModel::shipped);
    OnnxEmbedder embedder = OnnxEmbedder.load(model, pool, settings.embeddingThreads());
    try {
      VectorStore store = openStore(settings);
      RecentTurns recent = RedisRecentTurns.at(settings.redis(), settings.recentExpiry());
      return new MemoryService(embedder, store, recent, settings.embeddingCache());
    } catch (RuntimeException e) {
      embedder.close();
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
    return List.of(new MemoryGrpc(recollection, embedder, clock), new VectorGrpc(collections));
  }

  @Override
  public List<Part> parts() {
    String model = embedder.model() + ", " + embedder.dimensions() + " numbers, onnxruntime cpu";
    return List.of(
        Part.fixed("memory-embeddings", model),
        part(
            "memory-vectors",
            store::isHealthy,
            store.engine(),
            store.engine().equals("lucene")
                ? "cannot be written: is the disk full?"
                : "does not answer: is memory.qdrant-url right?"),
        part("memory-recent", recent::isHealthy, "redis", "does not answer: start redis-server"));
  }

  @Override
  public void close() {
    recent.close();
    store.close();
    embedder.close();
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
