package dev.parley.speechsvc.recognition;

/**
 * When an utterance begins and ends, in milliseconds.
 *
 * @param endSilence silence after words that sound complete
 * @param unfinishedSilence silence after words that stop mid-thought
 * @param minSpeech speech shorter than this is noise
 * @param maxUtterance after this the utterance is cut
 */
public record Endpointing(int endSilence, int unfinishedSilence, int minSpeech, int maxUtterance) {

  public static final Endpointing DEFAULT = new Endpointing(400, 1000, 120, 60_000);

  /** Values out of range are brought into it; 0 takes the default. */
  public static Endpointing of(int endSilenceMs, int unfinishedSilenceMs, int minSpeechMs) {
    int end = endSilenceMs == 0 ? DEFAULT.endSilence : Math.clamp(endSilenceMs, 100, 3000);
    int unfinished =
        unfinishedSilenceMs == 0
            ? DEFAULT.unfinishedSilence
            : Math.clamp(unfinishedSilenceMs, 100, 5000);
    int least = minSpeechMs == 0 ? DEFAULT.minSpeech : Math.clamp(minSpeechMs, 0, 2000);
    return new Endpointing(end, Math.max(end, unfinished), least, DEFAULT.maxUtterance);
  }
}
