package dev.parley.bench;

import dev.parley.bench.SpokenTurns.Sign;
import dev.parley.bench.load.Question;
import dev.parley.bench.load.Shelf;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Report;
import java.util.Locale;

/**
 * From the end of a spoken question, as the server decided it, to each first sign of the answer.
 * Real default engines.
 */
final class AnswerBench {
  private static final String QUESTION =
      "could you please tell me what your favourite colour is and what music you like";
  private static final String CHARACTER = "ada";
  private static final int WARM = 4;

  /** What is allowed until the first sound, in milliseconds. */
  private static final double P50 = 200;

  private static final double P99 = 350;

  /** How much more of it where much is to be looked through. */
  private static final double MORE = 50;

  private AnswerBench() {}

  static Report run(int turns) {
    var report = new Report("answer");
    try (var target = Target.start()) {
      var question = Question.ofFourSeconds(target.channel(), QUESTION);
      report.with("question", "%.1f s, %s".formatted(question.seconds(), question.text()));
      var first = SpokenTurns.asked(target, CHARACTER, question, 1);
      SpokenTurns.asked(target, CHARACTER, question, WARM - 1);
      var then = SpokenTurns.asked(target, CHARACTER, question, turns);
      return told(report.with("warm-up turns", WARM), first, then);
    }
  }

  private static Report told(Report report, SpokenTurns first, SpokenTurns then) {
    report
        .figure("turns", then.answered(), "")
        .figure("questions not understood as speech", then.missed(), "")
        .figure("silence before the decision p50", then.patience(0.5), "ms")
        .figure("first turn of all: audio", first.at(Sign.AUDIO, 0.5), "ms")
        .figure("transcript p50", then.at(Sign.TRANSCRIPT, 0.5), "ms")
        .figure("turn p50", then.at(Sign.TURN, 0.5), "ms")
        .figure("text p50", then.at(Sign.TEXT, 0.5), "ms");
    return report
        .atMost("first audio p50", then.at(Sign.AUDIO, 0.5), P50, "ms")
        .atMost("first audio p99", then.at(Sign.AUDIO, 0.99), P99, "ms")
        .atMost("first face frame p50", then.at(Sign.FACE, 0.5), P50, "ms")
        .atMost("first face frame p99", then.at(Sign.FACE, 0.99), P99, "ms");
  }

  /**
   * The same question before and after a book of so many passages is there to be looked through and
   * to be answered from: what knowing much costs until the first sound.
   */
  static Report knowing(int turns, int passages) {
    var report = new Report("answer").with("passages", passages).with("warm-up turns", WARM);
    try (var target = Target.start()) {
      var question = Question.ofFourSeconds(target.channel(), Shelf.QUESTION);
      report.with("question", "%.1f s, %s".formatted(question.seconds(), question.text()));
      SpokenTurns.asked(target, CHARACTER, question, WARM);
      var before = SpokenTurns.asked(target, CHARACTER, question, turns);
      String book = Shelf.fill(target.channel(), CHARACTER, passages);
      SpokenTurns.asked(target, CHARACTER, question, WARM);
      var after =
          SpokenTurns.asked(target, CHARACTER, question, turns, it -> Shelf.isAnsweredBy(it, book));
      report.with("heard", before.heard() + "; with passages " + after.heard());
      return told(report, before, after, turns);
    }
  }

  private static Report told(Report report, SpokenTurns before, SpokenTurns after, int turns) {
    for (Sign sign : Sign.values()) {
      String name = sign.name().toLowerCase(Locale.ROOT) + " p50, ";
      report.figure(name + "no passages", before.at(sign, 0.5), "ms");
      report.figure(name + "with passages", after.at(sign, 0.5), "ms");
    }
    double more = after.at(Sign.AUDIO, 0.5) - before.at(Sign.AUDIO, 0.5);
    return report
        .figure("first audio p99, no passages", before.at(Sign.AUDIO, 0.99), "ms")
        .figure("first audio p50, more with passages", more, "ms")
        .figure("turns with passages", after.answered(), "")
        .atLeast("answered from the book and cited", after.found(), turns, "")
        .atMost("first audio p50", after.at(Sign.AUDIO, 0.5), P50 + MORE, "ms")
        .atMost("first audio p99", after.at(Sign.AUDIO, 0.99), P99 + MORE, "ms");
  }
}
