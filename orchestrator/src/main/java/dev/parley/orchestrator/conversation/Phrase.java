package dev.parley.orchestrator.conversation;

import java.util.List;
import java.util.Optional;

/**
 * A phrase to be spoken.
 *
 * @param textStart where it stands in the reply
 * @param splice where to go on in it, when it was spoken in part
 * @param knownTo words before there were told already, as places in the reply
 * @param tries how often it failed
 */
record Phrase(String text, int textStart, Optional<Splice> splice, int knownTo, int tries) {

  /**
   * What of a phrase is left to say when the turn's voice was heard to there; empty when nothing.
   *
   * @param last the last word that began; empty when none had
   */
  static Optional<Phrase> after(Optional<Word> last, long heardUs, String text, int textStart) {
    int end = textStart + text.length();
    if (last.isEmpty()) {
      boolean silence = heardUs > 0 && textStart == 0;
      var splice = silence ? Optional.of(new Splice(0, last, heardUs)) : Optional.<Splice>empty();
      return Optional.of(new Phrase(text, textStart, splice, 0, 0));
    }
    Word word = last.get();
    if (word.textStart() >= end
        || word.textStart() >= textStart && saidAll(word, heardUs, text, textStart)) {
      return Optional.empty();
    }
    boolean partly = word.textStart() >= textStart;
    var splice = partly ? Optional.of(new Splice(0, last, heardUs)) : Optional.<Splice>empty();
    return Optional.of(new Phrase(text, textStart, splice, partly ? word.textEnd() : 0, 0));
  }

  private static boolean saidAll(Word word, long heardUs, String text, int textStart) {
    int from = Math.clamp(word.textEnd() - textStart, 0, text.length());
    return heardUs >= word.span().endUs()
        && text.substring(from).chars().noneMatch(java.lang.Character::isLetterOrDigit);
  }

  /**
   * The same after its voice was lost: {@code told} are its words so far, on the turn's clock.
   *
   * @param beganUs where it began
   * @param heardUs where its voice ended
   */
  Phrase rest(List<Word> told, long beganUs, long heardUs) {
    if (told.isEmpty() && heardUs == beganUs) {
      return new Phrase(text, textStart, splice, knownTo, tries + 1);
    }
    Optional<Word> begun =
        told.stream()
            .filter(w -> w.span().startUs() < heardUs)
            .reduce((_, later) -> later)
            .or(() -> splice.flatMap(Splice::lastWord));
    long base = splice.map(Splice::baseUs).orElse(beganUs);
    int known = told.isEmpty() ? knownTo : told.getLast().textEnd();
    var again = Optional.of(new Splice(base, begun, heardUs));
    return new Phrase(text, textStart, again, known, tries + 1);
  }

  /** Its clock when it begins there. */
  PhraseClock clock(long beginUs, int rateHz) {
    return new PhraseClock(textStart, beginUs, splice, knownTo, rateHz);
  }
}
