package dev.parley.memorysvc.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Tokenizer;
import dev.parley.memorysvc.embedding.Vector;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A sentence-transformers model (BERT with mean pooling over the attention mask, vectors of length
 * 1; Reimers and Gurevych 2019) on ONNX Runtime. Texts of similar length share a batch. Native code
 * runs on the given pool only. Tokens beyond {@link ModelTokens#LONGEST} are not read.
 */
public final class OnnxEmbedder implements Embedder, Tokenizer, AutoCloseable {
  /** Texts in one call of the model. */
  static final int BATCH = 32;

  private final String model;
  private final int dimensions;
  private final NativePool pool;
  private final ModelTokens tokens;
  private final OrtSession session;

  private OnnxEmbedder(
      String model, int dimensions, NativePool pool, ModelTokens tokens, OrtSession session) {
    this.model = model;
    this.dimensions = dimensions;
    this.pool = pool;
    this.tokens = tokens;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param threads cores that one call may use
   * @throws Failure when it cannot be read or is no such model
   */
  public static OnnxEmbedder load(EmbeddingModel model, NativePool pool, int threads) {
    return pool.call(() -> loadHere(model, pool, threads));
  }

  private static OnnxEmbedder loadHere(EmbeddingModel model, NativePool pool, int threads) {
    ModelTokens tokens = ModelTokens.of(model.tokenizer());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = OrtEnvironment.getEnvironment().createSession(model.network(), options);
      OnnxEmbedder probe = new OnnxEmbedder(model.name(), 0, pool, tokens, session);
      int dimensions = probe.run(List.of(tokens.of("one"))).getFirst().dimensions();
      return new OnnxEmbedder(model.name(), dimensions, pool, tokens, session);
    } catch (OrtException e) {
      tokens.close();
      throw failure("embedding model " + model.name() + " cannot be loaded", e);
    }
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<Vector> embed(List<String> texts) {
    return texts.isEmpty() ? List.of() : pool.call(() -> embedHere(texts));
  }

  @Override
  public int longest() {
    return ModelTokens.LONGEST - ModelTokens.MARKS;
  }

  @Override
  public List<int[]> starts(List<String> texts) {
    return texts.isEmpty()
        ? List.of()
        : pool.call(() -> texts.stream().map(tokens::starts).toList());
  }

  private List<Vector> embedHere(List<String> texts) {
    List<long[]> ids = texts.stream().map(tokens::of).toList();
    List<Integer> byLength =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> ids.get(i).length))
            .toList();
    Vector[] vectors = new Vector[texts.size()];
    for (int from = 0; from < byLength.size(); from += BATCH) {
      List<Integer> batch = byLength.subList(from, Math.min(from + BATCH, byLength.size()));
      List<Vector> made = run(batch.stream().map(ids::get).toList());
      for (int i = 0; i < made.size(); i++) {
        vectors[batch.get(i)] = made.get(i);
      }
    }
    return Arrays.asList(vectors);
  }

  private List<Vector> run(List<long[]> batch) {
    int longest = batch.stream().mapToInt(ids -> ids.length).max().orElse(1);
    LongBuffer ids = LongBuffer.allocate(batch.size() * longest);
    LongBuffer mask = LongBuffer.allocate(batch.size() * longest);
    for (int row = 0; row < batch.size(); row++) {
      ids.put(row * longest, batch.get(row));
      for (int i = 0; i < batch.get(row).length; i++) {
        mask.put(row * longest + i, 1);
      }
    }
    long[] shape = {batch.size(), longest};
    LongBuffer types = LongBuffer.allocate(batch.size() * longest);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", idTensor);
      inputs.put("attention_mask", maskTensor);
      if (session.getInputNames().contains("token_type_ids")) {
        inputs.put("token_type_ids", typeTensor);
      }
      try (OrtSession.Result result = session.run(inputs)) {
        return pool(batch, (float[][][]) result.get(0).getValue());
      }
    } catch (OrtException e) {
      throw failure("embedding model " + model + " failed", e);
    }
  }

  /** Mean of the token vectors that are no padding. */
  private static List<Vector> pool(List<long[]> batch, float[][][] hidden) {
    List<Vector> vectors = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      float[] sum = new float[hidden[row][0].length];
      for (int token = 0; token < batch.get(row).length; token++) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += hidden[row][token][i];
        }
      }
      vectors.add(Vector.of(sum));
    }
    return vectors;
  }

  @Override
  public void close() {
    pool.run(() -> {
      try {
        session.close();
      } catch (OrtException e) {
        throw failure("embedding model " + model + " cannot be closed", e);
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
