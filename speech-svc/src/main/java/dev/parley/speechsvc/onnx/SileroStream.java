package dev.parley.speechsvc.onnx;

import dev.parley.speechsvc.recognition.VoiceDetector;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * What Silero remembers of one stream. The caller's thread fills {@link #samples} and waits; the
 * worker reads them, writes {@link #state} and {@link #speech}, and wakes it: never both at once.
 */
final class SileroStream implements VoiceDetector.Stream {

  /** The network begins anew after a second without any sound, and is not asked meanwhile. */
  private static final int SETTLED = 32;

  /** Louder than this is sound: 72 dB below full scale. */
  private static final int STILL = 8;

  final float[] samples = new float[SileroModel.CONTEXT + VoiceDetector.FRAME];
  final float[] state = new float[2 * SileroModel.WIDTH];
  float speech;
  RuntimeException failed;
  private final Semaphore answered = new Semaphore(0);
  private final SileroDetector detector;
  private int still;

  SileroStream(SileroDetector detector) {
    this.detector = detector;
  }

  @Override
  public double probability(short[] frame) {
    still = silent(frame) ? Math.min(still + 1, SETTLED) : 0;
    if (still == SETTLED) {
      Arrays.fill(samples, 0);
      Arrays.fill(state, 0);
      return 0;
    }
    System.arraycopy(samples, VoiceDetector.FRAME, samples, 0, SileroModel.CONTEXT);
    for (int i = 0; i < VoiceDetector.FRAME; i++) {
      samples[SileroModel.CONTEXT + i] = frame[i] / 32768f;
    }
    detector.ask(this);
    answered.acquireUninterruptibly();
    if (failed != null) {
      throw failed;
    }
    return speech;
  }

  /** The worker is done with it. */
  void answer() {
    answered.release();
  }

  private static boolean silent(short[] frame) {
    for (short sample : frame) {
      if (sample > STILL || sample < -STILL) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    detector.left();
  }
}
