package dev.parley.orchestrator.conversation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Puts the speech of one phrase on its turn's clock: its first sample where the phrase before
 * ended, or, where the phrase is spoken again, the sample that follows what was heard of it. A
 * phrase may come in pieces: where to go on is found once, in the first that has the place. Not
 * thread-safe.
 */
final class PhraseClock {
  /** Voice on the turn's clock. */
  record Piece(byte[] pcm, long startUs) {}

  private final int textStart;
  private final long baseUs;
  private final Optional<Splice> splice;
  private final int rateHz;
  private int knownTo;
  private long skipUs;
  private boolean spliced;

  /**
   * @param textStart where the phrase stands in the reply
   * @param baseUs where it begins on the turn's clock
   * @param knownTo words before there were told already, as places in the reply
   */
  PhraseClock(int textStart, long baseUs, Optional<Splice> splice, int knownTo, int rateHz) {
    this.textStart = textStart;
    this.baseUs = baseUs;
    this.splice = splice;
    this.knownTo = knownTo;
    this.rateHz = rateHz;
  }

  /** Takes words of the phrase, before their voice; those that are new, on the turn's clock. */
  List<Word> words(List<Word> spoken) {
    List<Word> placed = spoken.stream().map(this::placed).toList();
    if (!spliced) {
      splice.ifPresent(it -> skipUs = it.positionUs(placed));
      spliced = skipUs != Long.MAX_VALUE;
    }
    List<Word> fresh = new ArrayList<>(placed.size());
    for (Word w : placed) {
      if (w.textStart() >= knownTo) {
        var span = w.span().shifted(offsetUs());
        fresh.add(new Word(w.text(), span, w.textStart(), w.textEnd(), w.confidence()));
      }
    }
    return fresh;
  }

  private Word placed(Word w) {
    int start = w.textStart() + textStart;
    return new Word(w.text(), w.span(), start, w.textEnd() + textStart, w.confidence());
  }

  /** Mouth shapes that are still to be made, on the turn's clock. */
  List<Viseme> visemes(List<Viseme> spoken) {
    return spoken.stream()
        .filter(v -> v.span().endUs() > skipUs)
        .map(v -> new Viseme(v.shape(), v.span().shifted(offsetUs()), v.phone()))
        .toList();
  }

  /** What of this voice was not heard yet; empty when nothing. */
  Optional<Piece> audio(byte[] pcm, long startUs) {
    long cut = skipUs == Long.MAX_VALUE ? skipUs : 2 * (rateHz * (skipUs - startUs) / 1_000_000);
    if (cut >= pcm.length) {
      return Optional.empty();
    }
    if (cut <= 0) {
      return Optional.of(new Piece(pcm, startUs + offsetUs()));
    }
    byte[] rest = Arrays.copyOfRange(pcm, (int) cut, pcm.length);
    return Optional.of(new Piece(rest, startUs + cut * 500_000L / rateHz + offsetUs()));
  }

  /** Where the turn's voice ends when the phrase is so long. */
  long endUs(long durationUs) {
    return skipUs == Long.MAX_VALUE ? baseUs : offsetUs() + durationUs;
  }

  private long offsetUs() {
    return splice.map(it -> it.stoppedUs() - skipUs).orElse(baseUs);
  }
}
