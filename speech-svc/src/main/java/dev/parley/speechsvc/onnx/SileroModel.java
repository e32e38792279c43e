package dev.parley.speechsvc.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.speechsvc.recognition.VoiceDetector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/**
 * The Silero network (Silero Team, github.com/snakers4/silero-vad, v5 and v6): {@value #CONTEXT}
 * samples of the frame before and {@link VoiceDetector#FRAME} new ones, with a carried state of 2 x
 * {@value #WIDTH} numbers, give one probability. The batch axis is free: each row is a stream of
 * its own. One platform thread.
 */
final class SileroModel implements AutoCloseable {

  static final int CONTEXT = 64;
  static final int WIDTH = 128;
  private static final int ROW = CONTEXT + VoiceDetector.FRAME;
  private static final long RATE_HZ = 16_000;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final OnnxTensor rate;
  private final FloatBuffer input;
  private final FloatBuffer state;

  /**
   * @param network the ONNX file
   * @param most rows in one call
   * @throws OrtException where it is no such network
   */
  SileroModel(byte[] network, int most) throws OrtException {
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(network, options);
    }
    rate = OnnxTensor.createTensor(environment, RATE_HZ);
    input = direct(most * ROW);
    state = direct(most * 2 * WIDTH);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** Runs the next frame of each stream and leaves the probability and the new state in it. */
  void run(List<SileroStream> batch) throws OrtException {
    int rows = batch.size();
    gather(batch);
    try (var frames = OnnxTensor.createTensor(environment, input, new long[] {rows, ROW});
        var before = OnnxTensor.createTensor(environment, state, new long[] {2, rows, WIDTH});
        var result = session.run(Map.of("input", frames, "state", before, "sr", rate))) {
      var speech = ((OnnxTensor) result.get(0)).getFloatBuffer();
      var after = ((OnnxTensor) result.get(1)).getFloatBuffer();
      for (int row = 0; row < rows; row++) {
        var stream = batch.get(row);
        after.get(row * WIDTH, stream.state, 0, WIDTH);
        after.get((rows + row) * WIDTH, stream.state, WIDTH, WIDTH);
        stream.speech = speech.get(row);
      }
    }
  }

  private void gather(List<SileroStream> batch) {
    int rows = batch.size();
    input.clear().limit(rows * ROW);
    state.clear().limit(rows * 2 * WIDTH);
    for (int row = 0; row < rows; row++) {
      var stream = batch.get(row);
      input.put(row * ROW, stream.samples);
      state.put(row * WIDTH, stream.state, 0, WIDTH);
      state.put((rows + row) * WIDTH, stream.state, WIDTH, WIDTH);
    }
  }

  @Override
  public void close() throws OrtException {
    rate.close();
    session.close();
  }
}
