package dev.parley.memorysvc.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.memorysvc.embedding.Vector;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of an embedding model: tokens in, vectors of length 1 out. Native code: to be used on
 * a native pool only, by many threads at once if need be.
 */
final class Network implements AutoCloseable {
  private final OrtSession session;
  private final Pooling pooling;

  private Network(OrtSession session, Pooling pooling) {
    this.session = session;
    this.pooling = pooling;
  }

  static Network load(EmbeddingModel model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new Network(
          OrtEnvironment.getEnvironment().createSession(model.network(), options), model.pooling());
    }
  }

  List<Vector> run(List<long[]> batch) throws OrtException {
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
        return vectors(batch, result.get(0), longest);
      }
    }
  }

  /** The output is {@code [texts, tokens, numbers]}, or {@code [texts, numbers]} pooled already. */
  private List<Vector> vectors(List<long[]> batch, OnnxValue output, int longest)
      throws OrtException {
    if (!(output instanceof OnnxTensor tensor)) {
      throw new OrtException("its first output is no tensor");
    }
    long[] shape = tensor.getInfo().getShape();
    if (shape.length != 2 && shape.length != 3) {
      throw new OrtException("its first output has " + shape.length + " axes (expected 2 or 3)");
    }
    int numbers = (int) shape[shape.length - 1];
    FloatBuffer values = tensor.getFloatBuffer();
    List<Vector> vectors = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      int from = shape.length == 2 ? row * numbers : row * longest * numbers;
      vectors.add(
          shape.length == 2
              ? Vector.of(at(values, from, numbers))
              : pooled(values, from, numbers, batch.get(row).length));
    }
    return vectors;
  }

  private Vector pooled(FloatBuffer values, int from, int numbers, int tokens) {
    return switch (pooling) {
      case CLS -> Vector.of(at(values, from, numbers));
      case LAST -> Vector.of(at(values, from + (tokens - 1) * numbers, numbers));
      case MEAN -> {
        // A sum has the direction of the mean.
        float[] all = at(values, from, tokens * numbers);
        float[] sum = new float[numbers];
        for (int token = 0; token < tokens; token++) {
          for (int i = 0; i < numbers; i++) {
            sum[i] += all[token * numbers + i];
          }
        }
        yield Vector.of(sum);
      }
    };
  }

  private static float[] at(FloatBuffer values, int from, int count) {
    float[] numbers = new float[count];
    values.get(from, numbers);
    return numbers;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
