package dev.parley.speechsvc.synthesis;

import java.util.List;
import java.util.function.Consumer;

/** Gives text a voice. Safe for many threads; a call blocks while the phrase is made. */
public interface Synthesizer {

  /** A short name, for receipts. */
  String engine();

  /** The voices it has, the default first. */
  List<VoiceInfo> voices();

  /**
   * Says one phrase; a phrase without words gives empty audio.
   *
   * @param rateHz 8000 to 48000
   * @param need how soon
   * @throws dev.parley.kit.failure.Failure not found for an unknown voice; resource exhausted when
   *     it would come too late; cancelled when the thread was interrupted while waiting
   */
  SpokenPhrase speak(Phrase phrase, String voice, Prosody prosody, int rateHz, Need need);

  /**
   * Says one phrase in pieces that follow each other without a gap, each as soon as it is made, on
   * the caller's thread; together they are the phrase. The times of each are from its own first
   * sample.
   *
   * @throws dev.parley.kit.failure.Failure as {@link #speak(Phrase, String, Prosody, int, Need)};
   *     what {@code pieces} throws goes through
   */
  default void speak(
      Phrase phrase,
      String voice,
      Prosody prosody,
      int rateHz,
      Need need,
      Consumer<SpokenPhrase> pieces) {
    pieces.accept(speak(phrase, voice, prosody, rateHz, need));
  }

  /** Says one phrase that is wanted now. */
  default SpokenPhrase speak(Phrase phrase, String voice, Prosody prosody, int rateHz) {
    return speak(phrase, voice, prosody, rateHz, Need.NOW);
  }
}
