package dev.parley.speechsvc.synthesis;

import dev.parley.speechsvc.dsp.Pcm;
import java.util.Arrays;
import java.util.List;

/**
 * A phrase, or a piece of one, as sound: all times are microseconds from its first sample.
 *
 * @param phrase what was to be said, skips included
 * @param audio mono, at the rate asked for
 */
public record SpokenPhrase(Phrase phrase, Pcm audio, List<SpokenWord> words, List<Phone> phones) {

  public SpokenPhrase {
    words = List.copyOf(words);
    phones = List.copyOf(phones);
  }

  /** Its first {@code count} words: the sound before {@code us}, which is on a sample. */
  public SpokenPhrase before(int count, long us) {
    return new SpokenPhrase(
        phrase,
        new Pcm(Arrays.copyOf(audio.samples(), sample(us)), audio.rateHz()),
        words.subList(0, count),
        phones.stream()
            .filter(it -> it.startUs() < us)
            .map(it -> new Phone(it.symbol(), it.startUs(), Math.min(it.endUs(), us)))
            .toList());
  }

  /** What {@link #before} leaves, on a clock of its own. */
  public SpokenPhrase after(int count, long us) {
    var all = audio.samples();
    return new SpokenPhrase(
        phrase,
        new Pcm(Arrays.copyOfRange(all, sample(us), all.length), audio.rateHz()),
        words.stream().skip(count).map(it -> earlier(it, us)).toList(),
        phones.stream()
            .filter(it -> it.endUs() > us)
            .map(it -> new Phone(it.symbol(), Math.max(0, it.startUs() - us), it.endUs() - us))
            .toList());
  }

  private int sample(long us) {
    return (int) Math.round(us * audio.rateHz() / 1e6);
  }

  private static SpokenWord earlier(SpokenWord word, long us) {
    return new SpokenWord(
        word.word(), Math.max(0, word.startUs() - us), Math.max(0, word.endUs() - us));
  }

  /** Mouth shapes, without gaps. */
  public List<Viseme> visemes() {
    return Visemes.of(phones);
  }
}
