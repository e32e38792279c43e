package dev.parley.bench.stub;

/** The rule of the peers' benchmark for where speech begins and ends. One thread at a time. */
final class SpeechRule {
  /** What a chunk changed. */
  enum Change {
    NOTHING,
    STARTED,
    ENDED
  }

  private static final int START_CHUNKS = 10;
  private static final int STOP_CHUNKS = 20;
  private static final long LOUD_RMS = 500;
  private boolean speaking;
  private int loud;
  private int silent;

  /** Takes the next 20 ms. */
  Change next(boolean speech) {
    loud = speech ? loud + 1 : 0;
    silent = speech ? 0 : silent + 1;
    if (!speaking && loud >= START_CHUNKS) {
      speaking = true;
      return Change.STARTED;
    }
    if (speaking && silent >= STOP_CHUNKS) {
      speaking = false;
      return Change.ENDED;
    }
    return Change.NOTHING;
  }

  /** Whether the root mean square of 16-bit little-endian samples is at least 500. */
  static boolean loud(byte[] pcm) {
    long sum = 0;
    for (int i = 0; i + 1 < pcm.length; i += 2) {
      int sample = pcm[i] & 0xff | pcm[i + 1] << 8;
      sum += (long) sample * sample;
    }
    return sum >= LOUD_RMS * LOUD_RMS * (pcm.length / 2);
  }
}
