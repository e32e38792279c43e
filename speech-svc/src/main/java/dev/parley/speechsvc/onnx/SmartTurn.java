package dev.parley.speechsvc.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.LogMel;
import dev.parley.speechsvc.recognition.TurnModel;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A turn model in the form of Smart Turn v3 (Daily, github.com/pipecat-ai/smart-turn): {@link
 * LogMel} features of the last 8 seconds as {@code input_features} [1, 80, 800] give the
 * probability that the turn is over. Runs on the pool given.
 */
public final class SmartTurn implements TurnModel, AutoCloseable {

  private static final String INPUT = "input_features";

  private final NativePool calls;
  private final OrtSession session;

  private SmartTurn(NativePool calls, OrtSession session) {
    this.calls = calls;
    this.session = session;
  }

  /**
   * Loads a model and tries it.
   *
   * @throws Failure invalid, naming the setting, where the file is no such model
   */
  public static SmartTurn load(Path file, NativePool calls) {
    if (!Files.isRegularFile(file)) {
      throw Failure.invalid("speech.turn-model", file + " (expected an ONNX file)");
    }
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      var session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
      var model = new SmartTurn(calls, session);
      var inputs = session.getInputNames();
      if (!inputs.equals(Set.of(INPUT))) {
        model.close();
        throw Failure.invalid(
            "speech.turn-model", "inputs " + inputs + " (expected " + INPUT + ")");
      }
      model.over(new short[0]);
      return model;
    } catch (OrtException | LinkageError e) {
      throw Failure.invalid("speech.turn-model", file + ": " + e.getMessage()).causedBy(e);
    }
  }

  @Override
  public double over(short[] sound) {
    return calls.call(() -> run(sound));
  }

  private double run(short[] sound) {
    var features = FloatBuffer.wrap(new LogMel().of(sound));
    long[] shape = {1, LogMel.BANDS, LogMel.FRAMES};
    try (var input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), features, shape);
        var result = session.run(Map.of(INPUT, input))) {
      if (!(result.get(0) instanceof OnnxTensor answer) || answer.getInfo().getNumElements() != 1) {
        throw Failure.invalid(
            "speech.turn-model",
            "output " + result.get(0).getInfo() + " (expected one probability)");
      }
      return Math.clamp(answer.getFloatBuffer().get(0), 0, 1);
    } catch (OrtException e) {
      throw Failure.invalid("speech.turn-model", String.valueOf(e.getMessage())).causedBy(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("the turn model did not close", e);
    }
  }
}
