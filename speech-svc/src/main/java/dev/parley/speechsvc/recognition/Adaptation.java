package dev.parley.speechsvc.recognition;

import java.util.Optional;

/**
 * What a recogniser has learnt of one person's voice and microphone in the utterances so far. One
 * for each stream: whoever has spoken once is not heard through the room of somebody else. Used by
 * one utterance at a time.
 */
public final class Adaptation {
  private volatile float[] mean;

  /** The cepstral mean of what was heard; empty before the first utterance has ended. */
  public Optional<float[]> cepstralMean() {
    return Optional.ofNullable(mean);
  }

  /** Takes the mean over; the array is not copied. */
  public void learn(float[] cepstralMean) {
    mean = cepstralMean;
  }
}
