package dev.parley.speechsvc.synthesis;

import java.util.List;

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

  /** Says one phrase that is wanted now. */
  default SpokenPhrase speak(Phrase phrase, String voice, Prosody prosody, int rateHz) {
    return speak(phrase, voice, prosody, rateHz, Need.NOW);
  }
}
