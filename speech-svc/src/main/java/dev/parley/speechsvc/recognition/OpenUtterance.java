package dev.parley.speechsvc.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The utterance that is being spoken: its audio on the way to the recogniser. One thread. */
final class OpenUtterance implements AutoCloseable {

  final long startUs;
  long endUs;
  private final Recognizer.Utterance recognition;
  private final long originUs;
  private final List<short[]> waiting = new ArrayList<>();
  private Hypothesis last = Hypothesis.NOTHING;

  /**
   * @param startUs where speech began
   * @param originUs where the first sample given to the recogniser stands
   */
  OpenUtterance(Recognizer.Utterance recognition, long startUs, long originUs) {
    this.recognition = recognition;
    this.startUs = startUs;
    this.originUs = originUs;
    this.endUs = startUs;
  }

  void add(short[] samples) {
    waiting.add(samples);
  }

  int waiting() {
    return waiting.size();
  }

  String text() {
    return last.text();
  }

  /** Gives the waiting audio to the recogniser; a partial when the words changed. */
  Optional<RecognitionEvent.Partial> decode() {
    var next = recognition.accept(joined()).later(originUs);
    if (next.text().equals(last.text())) {
      return Optional.empty();
    }
    double stability = agreement(last, next);
    last = next;
    return Optional.of(
        new RecognitionEvent.Partial(next, stability, startUs, endUs, recognition.engine()));
  }

  /** Its words; the end was decided at {@code decidedUs}. */
  RecognitionEvent.Final finish(long decidedUs) {
    if (!waiting.isEmpty()) {
      recognition.accept(joined());
    }
    var heard = recognition.finish().covering(endUs - startUs).later(originUs);
    return new RecognitionEvent.Final(heard, startUs, endUs, decidedUs, recognition.engine());
  }

  private short[] joined() {
    var all = new short[waiting.stream().mapToInt(s -> s.length).sum()];
    int at = 0;
    for (var samples : waiting) {
      System.arraycopy(samples, 0, all, at, samples.length);
      at += samples.length;
    }
    waiting.clear();
    return all;
  }

  /** The part of the new words that begin as the old ones did. */
  private static double agreement(Hypothesis before, Hypothesis now) {
    int same = 0;
    int most = Math.min(before.words().size(), now.words().size());
    while (same < most && before.words().get(same).text().equals(now.words().get(same).text())) {
      same++;
    }
    return now.words().isEmpty() ? 0 : (double) same / now.words().size();
  }

  @Override
  public void close() {
    recognition.close();
  }
}
