package dev.parley.memorysvc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.embedding.CachingEmbedder;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Embedders;
import dev.parley.memorysvc.embedding.Reranker;
import dev.parley.memorysvc.embedding.Tokenizer;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.OnnxEmbedder;
import dev.parley.memorysvc.onnx.OnnxReranker;
import dev.parley.memorysvc.onnx.RerankingModel;
import dev.parley.memorysvc.remote.EmbeddingServer;
import dev.parley.memorysvc.remote.RemoteEmbedder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The embedding models as they are set: the one in use, its tokenizer, and earlier ones when they
 * are needed.
 */
final class Models implements AutoCloseable {
  private final MemorySettings settings;
  private final NativePool pool;
  private final List<Embedder> loaded = new ArrayList<>();
  private final Map<String, Optional<Embedder>> former = new HashMap<>();
  private final Embedder now;
  private final Tokenizer tokenizer;
  private final Optional<Reranker> reranker;
  private final String engine;

  private Models(MemorySettings settings, NativePool pool) {
    this.settings = settings;
    this.pool = pool;
    this.reranker =
        settings
            .rerankerFolder()
            .map(it -> RerankingModel.in(it, settings.rerankerTokens()))
            .map(it -> OnnxReranker.load(it, pool, settings.embeddingThreads()));
    if (settings.remoteUrl().isPresent()) {
      // A server has no tokenizer to ask, so texts are measured with the shipped one.
      this.tokenizer = keep(load(EmbeddingModel.shipped()));
      this.now = keep(remote());
      this.engine = "by " + settings.remoteUrl().get();
    } else {
      OnnxEmbedder local = keep(load(chosen()));
      this.tokenizer = local;
      this.now = local;
      this.engine = "onnxruntime cpu";
    }
  }

  static Models load(MemorySettings settings, NativePool pool) {
    return new Models(settings, pool);
  }

  CachingEmbedder cached() {
    return new CachingEmbedder(now, settings.embeddingCache());
  }

  /** With the given one in use. */
  Embedders embedders(Embedder inUse) {
    return new Embedders(inUse, this::former);
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  Optional<Reranker> reranker() {
    return reranker;
  }

  String describe() {
    return now.model() + ", " + now.dimensions() + " numbers, " + engine;
  }

  private EmbeddingModel chosen() {
    return settings
        .modelFolder()
        .map(folder ->
            EmbeddingModel.in(
                folder,
                settings.modelPooling(),
                settings.modelTokens(),
                settings.modelDimensions()))
        .orElseGet(EmbeddingModel::shipped);
  }

  private RemoteEmbedder remote() {
    return RemoteEmbedder.over(
        new EmbeddingServer(
            settings.remoteUrl().orElseThrow(),
            settings.remoteKey(),
            settings.remoteModel(),
            settings.remoteDimensions(),
            Duration.ofMillis(settings.remoteTimeoutMs())));
  }

  private synchronized Optional<Embedder> former(String model) {
    return former.computeIfAbsent(model, this::find);
  }

  private Optional<Embedder> find(String model) {
    if (model.equals(EmbeddingModel.SHIPPED)) {
      return Optional.of(
          tokenizer instanceof OnnxEmbedder it && it.model().equals(model)
              ? it
              : keep(load(EmbeddingModel.shipped())));
    }
    Optional<Path> folder =
        settings.previousModelFolder().filter(it -> EmbeddingModel.nameOf(it).equals(model));
    return folder.map(it ->
        keep(
            load(
                EmbeddingModel.in(
                    it, settings.modelPooling(), settings.modelTokens(), OptionalInt.empty()))));
  }

  private OnnxEmbedder load(EmbeddingModel model) {
    return OnnxEmbedder.load(model, pool, settings.embeddingThreads());
  }

  private <T extends Embedder> T keep(T embedder) {
    loaded.add(embedder);
    return embedder;
  }

  @Override
  public synchronized void close() {
    reranker.ifPresent(Reranker::close);
    loaded.forEach(Embedder::close);
    loaded.clear();
  }
}
