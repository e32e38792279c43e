package dev.parley.speechsvc.synthesis;

import dev.parley.speechsvc.dsp.Pcm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The silence around a phrase: a voice leaves a fifth of a second before its first sound, which
 * would be waited for, and ends each sentence in its own way. Here every phrase begins {@value
 * #LEAD_US} microseconds before its first sound and ends with the pause that its last sign asks
 * for, faded to zero so that phrases join without a click.
 */
public final class Pauses {

  private static final long LEAD_US = 30_000;
  private static final long FADE_US = 20_000;
  private static final long SENTENCE_US = 280_000;
  private static final long CLAUSE_US = 150_000;
  private static final long NONE_US = 60_000;

  private Pauses() {}

  /**
   * The phrase with other pauses.
   *
   * @param soundFromUs where its first sound begins
   * @param soundToUs where its last sound ends
   * @param speed pauses are divided by it
   */
  public static SpokenPhrase set(
      SpokenPhrase spoken, long soundFromUs, long soundToUs, double speed) {
    var audio = spoken.audio();
    int rate = audio.rateHz();
    int cut = (int) (Math.max(0, soundFromUs - LEAD_US) * rate / 1_000_000);
    int sound = (int) Math.min(audio.samples().length, (soundToUs + FADE_US) * rate / 1_000_000);
    int after = (int) (pause(spoken.phrase()) / speed * rate / 1_000_000);
    int fade = (int) (FADE_US * rate / 1_000_000);
    int kept = Math.max(sound, cut + 2 * fade);
    var samples = Arrays.copyOfRange(audio.samples(), cut, kept + Math.max(0, after - fade));
    fade(samples, kept - cut, fade);
    long cutUs = cut * 1_000_000L / rate;
    var result = new Pcm(samples, rate);
    return new SpokenPhrase(
        spoken.phrase(),
        result,
        spoken.words().stream().map(w -> earlier(w, cutUs)).toList(),
        earlier(spoken.phones(), cutUs, result.durationUs()));
  }

  private static void fade(short[] samples, int end, int length) {
    for (int i = 0; i < length; i++) {
      samples[i] = (short) (samples[i] * i / length);
      int out = end - 1 - i;
      samples[out] = (short) (samples[out] * i / length);
    }
    Arrays.fill(samples, end, samples.length, (short) 0);
  }

  private static long pause(Phrase phrase) {
    var last = phrase.words().getLast().spoken();
    for (int i = last.length() - 1; i >= 0; i--) {
      switch (last.charAt(i)) {
        case '.', '!', '?' -> {
          return SENTENCE_US;
        }
        case ',', ';', ':' -> {
          return CLAUSE_US;
        }
        case '"', '\'', ')', ']', '}' -> {}
        default -> {
          return NONE_US;
        }
      }
    }
    return NONE_US;
  }

  private static SpokenWord earlier(SpokenWord word, long us) {
    long start = Math.max(0, word.startUs() - us);
    return new SpokenWord(word.word(), start, Math.max(start, word.endUs() - us));
  }

  /** The last phone lasts until the end. */
  private static List<Phone> earlier(List<Phone> phones, long us, long endUs) {
    var moved = new ArrayList<Phone>(phones.size());
    for (int i = 0; i < phones.size(); i++) {
      var phone = phones.get(i);
      long start = Math.clamp(phone.startUs() - us, 0, endUs);
      long end = i == phones.size() - 1 ? endUs : phone.endUs() - us;
      moved.add(new Phone(phone.symbol(), start, Math.clamp(end, start, endUs)));
    }
    return moved;
  }
}
