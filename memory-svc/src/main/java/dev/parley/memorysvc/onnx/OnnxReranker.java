package dev.parley.memorysvc.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtException;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Reranker;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A cross-encoder (Nogueira and Cho 2019) on ONNX Runtime: question and text are read as one, and
 * its number is brought to 0 to 1 by the logistic function. Native code runs on the given pool
 * only, one batch of a question at a time, so that others come in between. Thread-safe.
 */
public final class OnnxReranker implements Reranker {
  private final RerankingModel model;
  private final NativePool pool;
  private final HuggingFaceTokenizer tokens;
  private final PairNetwork network;

  private OnnxReranker(
      RerankingModel model, NativePool pool, HuggingFaceTokenizer tokens, PairNetwork network) {
    this.model = model;
    this.pool = pool;
    this.tokens = tokens;
    this.network = network;
  }

  /**
   * Loads a model and lets it judge once.
   *
   * @param threads cores that one call of the network may use
   * @throws Failure when it cannot be read or is no such model
   */
  public static OnnxReranker load(RerankingModel model, NativePool pool, int threads) {
    return pool.call(() -> loadHere(model, pool, threads));
  }

  private static OnnxReranker loadHere(RerankingModel model, NativePool pool, int threads) {
    HuggingFaceTokenizer tokens = ModelTokens.pairs(model.tokenizer(), model.longest());
    try {
      PairNetwork network = PairNetwork.load(model.network(), threads);
      try {
        network.run(List.of(tokens.encode("one", "two")));
      } catch (OrtException e) {
        network.close();
        throw e;
      }
      return new OnnxReranker(model, pool, tokens, network);
    } catch (OrtException e) {
      tokens.close();
      throw Failure.invalid(
          "memory.reranker-folder", model.name() + " is no cross-encoder: " + e.getMessage());
    }
  }

  @Override
  public String model() {
    return model.name();
  }

  @Override
  public List<Float> scores(String query, List<String> texts, BooleanSupplier stopped) {
    if (texts.isEmpty()) {
      return List.of();
    }
    List<Encoding> pairs =
        pool.call(() -> texts.stream().map(it -> tokens.encode(query, it)).toList());
    Float[] scores = new Float[texts.size()];
    for (List<Integer> batch : Batches.of(pairs.stream().map(Encoding::getIds).toList())) {
      if (stopped.getAsBoolean()) {
        throw Failure.of(
            Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "stopped while reranking");
      }
      float[] judged = pool.call(() -> judged(batch.stream().map(pairs::get).toList()));
      for (int i = 0; i < judged.length; i++) {
        scores[batch.get(i)] = judged[i];
      }
    }
    return Arrays.asList(scores);
  }

  private float[] judged(List<Encoding> batch) {
    try {
      return network.run(batch);
    } catch (OrtException e) {
      throw failure("failed", e);
    }
  }

  @Override
  public void close() {
    pool.run(() -> {
      try {
        network.close();
      } catch (OrtException e) {
        throw failure("cannot be closed", e);
      } finally {
        tokens.close();
      }
    });
  }

  private Failure failure(String what, OrtException cause) {
    return Failure.of(
            Failure.Code.INTERNAL,
            "INTERNAL",
            "cross-encoder " + model.name() + " " + what + ": " + cause.getMessage())
        .causedBy(cause);
  }
}
