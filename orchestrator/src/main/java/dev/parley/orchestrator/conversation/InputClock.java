package dev.parley.orchestrator.conversation;

import java.util.List;

/**
 * The clock of the person's audio: microseconds of sound received since the session began. An ear
 * counts from where it was opened, so its times are moved. Encoded audio tells no time; there the
 * last time an ear spoke of is where the next one begins. Not thread-safe.
 */
final class InputClock {
  private final Listener.Request request;
  private long bytes;
  private long latestUs;
  private long originUs;

  InputClock(Listener.Request request) {
    this.request = request;
  }

  /** So many bytes came. */
  void received(int length) {
    bytes += length;
  }

  /** An ear opens and counts from here. */
  void opened() {
    boolean pcm = request.encoding() == Listener.Encoding.PCM;
    originUs = pcm ? bytes / 2 * 1_000_000 / request.sampleRateHz() : latestUs;
  }

  /** A time of the open ear. */
  long at(long us) {
    latestUs = Math.max(latestUs, originUs + us);
    return originUs + us;
  }

  /** An utterance of the open ear. */
  Listener.Utterance at(Listener.Utterance u) {
    if (originUs == 0) {
      at(u.span().endUs());
      return u;
    }
    List<Word> words =
        u.words().stream()
            .map(w ->
                new Word(
                    w.text(),
                    w.span().shifted(originUs),
                    w.textStart(),
                    w.textEnd(),
                    w.confidence()))
            .toList();
    var span = new Span(at(u.span().startUs()), at(u.span().endUs()));
    long decided = u.decidedUs() == 0 ? 0 : originUs + u.decidedUs();
    return new Listener.Utterance(
        u.text(), u.stability(), u.confidence(), words, span, decided, u.engine());
  }
}
