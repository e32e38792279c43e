package dev.parley.speechsvc.recognition;

/** Tells speech from everything else, frame by frame. Safe for many threads. */
public interface VoiceDetector {

  /** Samples in a frame, at {@link Recognizer#RATE_HZ}: 32 ms. */
  int FRAME = 512;

  /** A short name, for receipts. */
  String engine();

  /** Begins a stream of frames. One thread. */
  Stream open();

  /** Remembers what came before in one stream. Close it in any case. */
  interface Stream extends AutoCloseable {

    /** How likely the next {@link #FRAME} samples are speech, 0 to 1. */
    double probability(short[] frame);

    /** Nothing more comes. */
    @Override
    default void close() {}
  }
}
