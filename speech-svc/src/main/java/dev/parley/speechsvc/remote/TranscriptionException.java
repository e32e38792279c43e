package dev.parley.speechsvc.remote;

/** A server that did not transcribe; the message says why in a few words, without the key. */
final class TranscriptionException extends Exception {
  private static final long serialVersionUID = 1L;

  TranscriptionException(String why) {
    super(why);
  }
}
