package dev.parley.memorysvc.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of a cross-encoder: pairs of texts in, a number from 0 to 1 a pair out. Its output is
 * {@code [pairs]} or {@code [pairs, 1]}, a logit, or {@code [pairs, 2]}, the logits of no and yes.
 * Native code: to be used on a native pool only, by many threads at once if need be.
 */
final class PairNetwork implements AutoCloseable {
  private final OrtSession session;

  private PairNetwork(OrtSession session) {
    this.session = session;
  }

  static PairNetwork load(byte[] network, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return new PairNetwork(OrtEnvironment.getEnvironment().createSession(network, options));
    }
  }

  float[] run(List<Encoding> pairs) throws OrtException {
    int longest = pairs.stream().mapToInt(it -> it.getIds().length).max().orElse(1);
    LongBuffer ids = LongBuffer.allocate(pairs.size() * longest);
    LongBuffer mask = LongBuffer.allocate(pairs.size() * longest);
    LongBuffer types = LongBuffer.allocate(pairs.size() * longest);
    for (int row = 0; row < pairs.size(); row++) {
      ids.put(row * longest, pairs.get(row).getIds());
      mask.put(row * longest, pairs.get(row).getAttentionMask());
      types.put(row * longest, pairs.get(row).getTypeIds());
    }
    long[] shape = {pairs.size(), longest};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, ids, shape);
        OnnxTensor maskTensor = OnnxTensor.createTensor(environment, mask, shape);
        OnnxTensor typeTensor = OnnxTensor.createTensor(environment, types, shape)) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("input_ids", idTensor);
      inputs.put("attention_mask", maskTensor);
      inputs.put("token_type_ids", typeTensor);
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs)) {
        return scores(pairs.size(), result.get(0));
      }
    }
  }

  private static float[] scores(int pairs, OnnxValue output) throws OrtException {
    if (!(output instanceof OnnxTensor tensor)) {
      throw new OrtException("its first output is no tensor");
    }
    FloatBuffer logits = tensor.getFloatBuffer();
    if (logits == null || logits.remaining() != pairs && logits.remaining() != 2 * pairs) {
      throw new OrtException("its first output is not one or two numbers a pair");
    }
    float[] scores = new float[pairs];
    for (int i = 0; i < pairs; i++) {
      float logit =
          logits.remaining() == pairs ? logits.get(i) : logits.get(2 * i + 1) - logits.get(2 * i);
      scores[i] = (float) (1 / (1 + Math.exp(-logit)));
    }
    return scores;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
