package dev.parley.speechsvc.dsp;

/** How loud a sound is, step by step: RMS of {@value #STEP_US} microseconds in dB of full scale. */
public final class Envelope {

  public static final long STEP_US = 5000;
  private static final double SILENCE = -100;

  private final double[] levels;

  public Envelope(Pcm audio) {
    levels = new double[(int) (audio.durationUs() / STEP_US)];
    for (int i = 0; i < levels.length; i++) {
      int from = at(i, audio.rateHz());
      int to = at(i + 1, audio.rateHz());
      levels[i] = Levels.dbfs(Levels.rms(audio.samples(), from, to));
    }
  }

  private static int at(int step, int rateHz) {
    return (int) (step * STEP_US * rateHz / 1_000_000);
  }

  /** The step in which {@code us} lies. */
  public int step(long us) {
    return (int) Math.floorDiv(us, STEP_US);
  }

  /** Level of a step; silence outside the sound. */
  public double level(int step) {
    return step < 0 || step >= levels.length ? SILENCE : levels[step];
  }

  /** The loudest level of steps {@code from} to {@code to}, the last one excluded. */
  public double loudest(int from, int to) {
    double most = SILENCE;
    for (int i = from; i < to; i++) {
      most = Math.max(most, level(i));
    }
    return most;
  }

  /** The most quiet of steps {@code from} to {@code to}, the last one excluded. */
  public int quietest(int from, int to) {
    int least = from;
    for (int i = from + 1; i < to; i++) {
      if (level(i) < level(least)) {
        least = i;
      }
    }
    return least;
  }
}
