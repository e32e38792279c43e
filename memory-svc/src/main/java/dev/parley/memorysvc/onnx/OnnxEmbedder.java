package dev.parley.memorysvc.onnx;

import ai.onnxruntime.OrtException;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Tokenizer;
import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A text embedding model (a transformer with pooled token vectors of length 1; Reimers and Gurevych
 * 2019) on ONNX Runtime. Native code runs on the given pool only; one call has at most {@value
 * #AT_ONCE} batches there at a time, so that others come in between. Thread-safe.
 */
public final class OnnxEmbedder implements Embedder, Tokenizer {
  private static final int AT_ONCE = 2;

  private final EmbeddingModel model;
  private final int dimensions;
  private final NativePool pool;
  private final ModelTokens tokens;
  private final Network network;

  private OnnxEmbedder(
      EmbeddingModel model, int dimensions, NativePool pool, ModelTokens tokens, Network network) {
    this.model = model;
    this.dimensions = dimensions;
    this.pool = pool;
    this.tokens = tokens;
    this.network = network;
  }

  /**
   * Loads a model.
   *
   * @param threads cores that one call of the network may use
   * @throws Failure when it cannot be read, is no such model or makes other vectors than declared
   */
  public static OnnxEmbedder load(EmbeddingModel model, NativePool pool, int threads) {
    return pool.call(() -> loadHere(model, pool, threads));
  }

  private static OnnxEmbedder loadHere(EmbeddingModel model, NativePool pool, int threads) {
    ModelTokens tokens = ModelTokens.of(model.tokenizer(), model.longest());
    try {
      Network network = Network.load(model, threads);
      int made = network.run(List.of(tokens.of("one"))).getFirst().dimensions();
      if (model.dimensions().orElse(made) != made) {
        network.close();
        throw Failure.invalid(
            "memory.model-dimensions",
            model.dimensions().getAsInt() + " (the model makes " + made + " numbers)");
      }
      return new OnnxEmbedder(model, made, pool, tokens, network);
    } catch (OrtException e) {
      tokens.close();
      throw failure("embedding model " + model.name() + " cannot be loaded", e);
    } catch (Failure e) {
      tokens.close();
      throw e;
    }
  }

  @Override
  public String model() {
    return model.name();
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public int longest() {
    return model.longest() - ModelTokens.MARKS;
  }

  @Override
  public List<int[]> starts(List<String> texts) {
    return texts.isEmpty()
        ? List.of()
        : pool.call(() -> texts.stream().map(tokens::starts).toList());
  }

  @Override
  public List<Vector> embed(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<long[]> ids = pool.call(() -> texts.stream().map(tokens::of).toList());
    Vector[] vectors = new Vector[texts.size()];
    Deque<Future<Boolean>> running = new ArrayDeque<>();
    try {
      for (List<Integer> batch : Batches.of(ids)) {
        if (running.size() == AT_ONCE) {
          await(running.removeFirst());
        }
        running.addLast(pool.submit(() -> run(batch, ids, vectors)));
      }
      while (!running.isEmpty()) {
        await(running.removeFirst());
      }
    } finally {
      running.forEach(it -> it.cancel(false));
    }
    return Arrays.asList(vectors);
  }

  private boolean run(List<Integer> batch, List<long[]> ids, Vector[] vectors) {
    try {
      List<Vector> made = network.run(batch.stream().map(ids::get).toList());
      for (int i = 0; i < made.size(); i++) {
        vectors[batch.get(i)] = made.get(i);
      }
      return true;
    } catch (OrtException e) {
      throw failure("embedding model " + model.name() + " failed", e);
    }
  }

  private static void await(Future<Boolean> batch) {
    try {
      batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "interrupted while embedding");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "stopped while embedding");
    }
  }

  @Override
  public void close() {
    pool.run(() -> {
      try {
        network.close();
      } catch (OrtException e) {
        throw failure("embedding model " + model.name() + " cannot be closed", e);
      } finally {
        tokens.close();
      }
    });
  }

  private static Failure failure(String message, OrtException cause) {
    return Failure.of(Failure.Code.INTERNAL, "INTERNAL", message + ": " + cause.getMessage())
        .causedBy(cause);
  }
}
