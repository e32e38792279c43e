package dev.parley.speechsvc.flite;

import dev.parley.speechsvc.dsp.Envelope;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.synthesis.Alignment;
import dev.parley.speechsvc.synthesis.Pauses;
import dev.parley.speechsvc.synthesis.Phone;
import dev.parley.speechsvc.synthesis.Phrase;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.SpokenWord;
import java.util.ArrayList;
import java.util.List;

/** Brings flite's segments onto the clock of the finished audio. One phrase, one thread. */
final class Timeline {

  private static final String SILENCE = "pau";

  private final Phrase phrase;
  private final Pcm audio;
  private final Envelope sound;
  private final List<Phone> phones;
  private final long[] start;
  private final long[] end;
  private final boolean[] afterSilence;

  /**
   * @param stretch what flite's seconds are multiplied by
   */
  Timeline(Phrase phrase, Pcm audio, List<FliteUtterance.Segment> segments, double stretch) {
    this.phrase = phrase;
    this.audio = audio;
    sound = new Envelope(audio);
    phones = new ArrayList<>(segments.size());
    start = new long[phrase.words().size()];
    end = new long[phrase.words().size()];
    afterSilence = new boolean[phrase.words().size()];
    long from = 0;
    for (var segment : segments) {
      long to = Math.round(segment.endSeconds() * 1e6 * stretch);
      to = Math.clamp(to, from, Math.max(from, audio.durationUs()));
      extend(segment.token(), from, to);
      phones.add(new Phone(segment.phone(), from, to));
      from = to;
    }
  }

  private void extend(int word, long from, long to) {
    if (word >= 0 && word < start.length) {
      if (end[word] == 0) {
        start[word] = from;
        afterSilence[word] = phones.isEmpty() || silent(phones.getLast());
      }
      end[word] = to;
    }
  }

  SpokenPhrase spoken(double speed) {
    var words = words();
    var aligned = Alignment.bursts(phones, sound);
    var sounding = aligned.stream().filter(p -> !silent(p)).toList();
    var whole = new SpokenPhrase(phrase, audio, words, aligned);
    return sounding.isEmpty()
        ? whole
        : Pauses.set(whole, sounding.getFirst().startUs(), sounding.getLast().endUs(), speed);
  }

  /** A word without sounds of its own stands where the one before it ended. */
  private List<SpokenWord> words() {
    var words = new ArrayList<SpokenWord>(start.length);
    long last = 0;
    for (int i = 0; i < start.length; i++) {
      long from = end[i] == 0 ? last : heard(i);
      last = end[i] == 0 ? last : end[i];
      words.add(new SpokenWord(phrase.words().get(i), Math.min(from, last), last));
    }
    return words;
  }

  private long heard(int word) {
    return afterSilence[word] ? Alignment.onset(start[word], end[word], sound) : start[word];
  }

  private static boolean silent(Phone phone) {
    return phone.symbol().equals(SILENCE);
  }
}
