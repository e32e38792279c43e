package dev.parley.speechsvc.recognition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a recogniser believes was said.
 *
 * @param text empty when nothing was
 * @param confidence 0 to 1
 */
public record Hypothesis(String text, double confidence, List<HeardWord> words) {

  private static final double COVERED = 0.6;
  private static final long SHORT_US = 1_000_000;

  public static final Hypothesis NOTHING = new Hypothesis("", 0, List.of());

  public Hypothesis {
    words = List.copyOf(words);
  }

  /** From words; confidence is their mean, weighted by length. */
  public static Hypothesis of(List<HeardWord> words) {
    if (words.isEmpty()) {
      return NOTHING;
    }
    double sum = 0;
    long length = 0;
    for (var word : words) {
      long span = Math.max(1, word.endUs() - word.startUs());
      sum += word.confidence() * span;
      length += span;
    }
    var text = words.stream().map(HeardWord::text).collect(Collectors.joining(" "));
    return new Hypothesis(text, sum / length, words);
  }

  /**
   * The same, less sure where its words fill little of the speech that was heard: a recogniser that
   * makes one short word of three seconds is sure of that word, and still wrong.
   *
   * @param speechUs how long somebody spoke
   */
  Hypothesis covering(long speechUs) {
    long filled = words.stream().mapToLong(HeardWord::plausibleUs).sum();
    if (speechUs < SHORT_US || filled >= COVERED * speechUs) {
      return this;
    }
    return new Hypothesis(text, confidence * filled / (COVERED * speechUs), words);
  }

  /** Whether nothing was said. */
  public boolean empty() {
    return text.isEmpty();
  }

  /** The same on a clock that began {@code us} earlier. */
  Hypothesis later(long us) {
    return new Hypothesis(text, confidence, words.stream().map(w -> w.later(us)).toList());
  }
}
