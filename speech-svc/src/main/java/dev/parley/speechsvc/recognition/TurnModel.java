package dev.parley.speechsvc.recognition;

/** Judges by the sound alone whether somebody who fell silent is done. Safe for many threads. */
public interface TurnModel {

  /** Most seconds of sound it looks at. */
  int SECONDS = 8;

  /**
   * How likely the turn is over, 0 to 1.
   *
   * @param sound of the turn so far at {@link Recognizer#RATE_HZ}, the silence at its end included
   */
  double over(short[] sound);
}
