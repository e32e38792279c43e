package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.Optional;

/**
 * A phrase that was spoken in part and is spoken again by another voice process: where in the new
 * speech the old one stopped, so that it goes on in the middle of a word, and no word is said
 * twice. The same voice that says the same phrase the same way goes on at the very sample; one that
 * takes another time over it goes on at the same part of the same word.
 *
 * @param baseUs where the phrase began, on the turn's clock
 * @param lastWord its last word that had begun, on the turn's clock; empty when none had
 * @param stoppedUs where the old voice ended, on the turn's clock
 */
record Splice(long baseUs, Optional<Word> lastWord, long stoppedUs) {
  private static final long NOT_YET = Long.MAX_VALUE;

  /**
   * Where in the new speech to go on, in microseconds from its first sample; the largest number
   * where these words all come before.
   *
   * @param fresh words on the phrase's own clock, places in the whole reply
   */
  long positionUs(List<Word> fresh) {
    if (lastWord.isEmpty()) {
      return Math.min(stoppedUs - baseUs, startUs(fresh, 0));
    }
    Word old = lastWord.get();
    long next = startUs(fresh, old.textEnd());
    return fresh.stream()
        .filter(w -> w.textStart() == old.textStart())
        .findFirst()
        .map(again -> within(old.span(), again.span(), next))
        .orElse(next);
  }

  private long within(Span old, Span again, long nextUs) {
    long said = stoppedUs - old.startUs();
    if (old.lengthUs() == again.lengthUs()) {
      return again.startUs() + said;
    }
    if (stoppedUs >= old.endUs()) {
      return Math.min(nextUs, again.endUs() + stoppedUs - old.endUs());
    }
    return again.startUs() + said * again.lengthUs() / Math.max(1, old.lengthUs());
  }

  /** When the first word begins that stands there or later. */
  private static long startUs(List<Word> fresh, int from) {
    return fresh.stream()
        .filter(w -> w.textStart() >= from)
        .mapToLong(w -> w.span().startUs())
        .min()
        .orElse(NOT_YET);
  }
}
