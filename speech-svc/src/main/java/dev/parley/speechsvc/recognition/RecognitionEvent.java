package dev.parley.speechsvc.recognition;

/** What is told while somebody speaks; times are microseconds of the samples received. */
public sealed interface RecognitionEvent {

  /** Speech began. */
  record SpeechStarted(long inputTimeUs) implements RecognitionEvent {}

  /** Speech paused or ended. */
  record SpeechStopped(long inputTimeUs) implements RecognitionEvent {}

  /**
   * The utterance so far.
   *
   * @param stability 0 to 1: how much of it the last two looks agree on
   * @param engine whose words they are
   */
  record Partial(Hypothesis hypothesis, double stability, long startUs, long endUs, String engine)
      implements RecognitionEvent {}

  /**
   * The utterance as it is; after it a new one begins.
   *
   * @param decidedUs how much had been received when its end was decided
   * @param engine whose words they are
   */
  record Final(Hypothesis hypothesis, long startUs, long endUs, long decidedUs, String engine)
      implements RecognitionEvent {}
}
