package dev.parley.speechsvc.synthesis;

import dev.parley.speechsvc.dsp.Pcm;
import java.util.List;

/**
 * A phrase as sound: all times are microseconds from its first sample.
 *
 * @param phrase what was to be said, skips included
 * @param audio mono, at the rate asked for
 */
public record SpokenPhrase(Phrase phrase, Pcm audio, List<SpokenWord> words, List<Phone> phones) {

  public SpokenPhrase {
    words = List.copyOf(words);
    phones = List.copyOf(phones);
  }

  /** Mouth shapes, without gaps. */
  public List<Viseme> visemes() {
    return Visemes.of(phones);
  }
}
