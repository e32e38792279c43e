package dev.parley.memorysvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Service;
import dev.parley.memorysvc.grpc.MemoryGrpc;
import dev.parley.memorysvc.lucene.LuceneVectorIndex;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.MiniLmEmbedder;
import dev.parley.memorysvc.recollection.CachingEmbedder;
import dev.parley.memorysvc.recollection.Embedder;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.Recollection;
import dev.parley.memorysvc.recollection.VectorIndex;
import dev.parley.memorysvc.redis.RedisRecentTurns;
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.List;

/** Memory, wired: Lucene and MiniLM for the long term, Redis for the short. */
public final class MemoryService implements Service {
  private final MiniLmEmbedder embedder;
  private final VectorIndex index;
  private final RecentTurns recent;
  private final Recollection recollection;
  private final InstantSource clock = InstantSource.system();

  private MemoryService(MiniLmEmbedder embedder, VectorIndex index, RecentTurns recent, int cache) {
    this.embedder = embedder;
    this.index = index;
    this.recent = recent;
    Embedder cached = new CachingEmbedder(embedder, cache);
    this.recollection = new Recollection(index, recent, cached, clock);
  }

  /**
   * Makes memory ready. The pool stays the caller's and must outlive the service.
   *
   * @throws dev.parley.kit.failure.Failure when the model or the index cannot be opened
   */
  public static MemoryService start(MemorySettings settings, NativePool pool) {
    EmbeddingModel model =
        settings.modelFolder().map(EmbeddingModel::in).orElseGet(EmbeddingModel::shipped);
    MiniLmEmbedder embedder = MiniLmEmbedder.load(model, pool, settings.embeddingThreads());
    try {
      VectorIndex index =
          LuceneVectorIndex.open(
              settings.folder().resolve("vectors"), embedder.model(), embedder.dimensions());
      RecentTurns recent = RedisRecentTurns.at(settings.redis(), settings.recentExpiry());
      return new MemoryService(embedder, index, recent, settings.embeddingCache());
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<BindableService> grpcServices() {
    return List.of(new MemoryGrpc(recollection, clock));
  }

  @Override
  public List<Part> parts() {
    String model = embedder.model() + ", " + embedder.dimensions() + " numbers, onnxruntime cpu";
    return List.of(
        Part.fixed("memory-embeddings", model),
        part(
            "memory-index",
            index::isHealthy,
            "lucene hnsw",
            "cannot be written: is the disk full?"),
        part("memory-recent", recent::isHealthy, "redis", "does not answer: start redis-server"));
  }

  @Override
  public void close() {
    recent.close();
    index.close();
    embedder.close();
  }

  private static Part part(
      String name, java.util.function.BooleanSupplier healthy, String engine, String mend) {
    return new Part(
        name,
        true,
        () -> {
          boolean up = healthy.getAsBoolean();
          return new Part.State(up, up ? engine : engine + " " + mend);
        });
  }
}
