package dev.parley.bench;

import dev.parley.bench.load.Dialogue;
import dev.parley.bench.load.Microphone;
import dev.parley.bench.load.Question;
import dev.parley.bench.load.Shelf;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * From the end of a spoken question, as the server decided it, to each first sign of the answer.
 * Real default engines. The clock is the client's: it begins when the client sent the last chunk
 * that the decision needed, so recognition's last words, queues and both ways are part of it.
 */
final class AnswerBench {
  private static final String QUESTION =
      "could you please tell me what your favourite colour is and what music you like";
  private static final String CHARACTER = "ada";
  private static final int WARM = 4;
  private static final long LIMIT_MS = 20_000;

  /** The firsts of an answer, in the order in which they come. */
  private enum Sign {
    TRANSCRIPT,
    TURN,
    TEXT,
    AUDIO,
    FACE;

    static Optional<Sign> of(ServerEvent event) {
      return switch (event.getEventCase()) {
        case TRANSCRIPT -> event.getTranscript().getFinal() ? Optional.of(TRANSCRIPT) : NOTHING;
        case TURN_STARTED -> Optional.of(TURN);
        case TEXT_DELTA -> Optional.of(TEXT);
        case AUDIO_DELTA -> Optional.of(AUDIO);
        case FACE_FRAMES ->
            event.getFaceFrames().getSegmentId().isEmpty() ? Optional.of(FACE) : NOTHING;
        default -> NOTHING;
      };
    }

    private static final Optional<Sign> NOTHING = Optional.empty();
  }

  private final Map<Sign, List<Double>> ms = new EnumMap<>(Sign.class);
  private final List<Double> patience = Collections.synchronizedList(new ArrayList<>());
  private int missed;
  private int fromTheBook;

  private AnswerBench() {
    for (Sign sign : Sign.values()) {
      ms.put(sign, Collections.synchronizedList(new ArrayList<>()));
    }
  }

  static Report run(int turns) {
    var report = new Report("answer");
    try (var target = Target.start()) {
      var question = Question.ofFourSeconds(target.channel(), QUESTION);
      report.with("question", "%.1f s, %s".formatted(question.seconds(), question.text()));
      var first = new AnswerBench();
      first.ask(target, question);
      var warm = new AnswerBench();
      for (int i = 1; i < WARM; i++) {
        warm.ask(target, question);
      }
      var bench = new AnswerBench();
      for (int i = 0; i < turns; i++) {
        bench.ask(target, question);
      }
      return bench.told(report.with("warm-up turns", WARM), first);
    }
  }

  /**
   * The same question before and after a book of so many passages is there to be looked through:
   * what knowing much costs until the first sound.
   */
  static Report knowing(int turns, int passages) {
    var report = new Report("answer").with("passages", passages);
    try (var target = Target.start()) {
      var question = Question.ofFourSeconds(target.channel(), Shelf.QUESTION);
      report.with("question", "%.1f s, %s".formatted(question.seconds(), question.text()));
      var before = asked(target, question, turns);
      Shelf.fill(target.channel(), CHARACTER, passages);
      var after = asked(target, question, turns);
      for (Sign sign : Sign.values()) {
        String name = sign.name().toLowerCase(Locale.ROOT) + " p50, ";
        report.figure(name + "no passages", before.at(sign, 0.5), "ms");
        report.figure(name + passages + " passages", after.at(sign, 0.5), "ms");
      }
      double more = after.at(Sign.AUDIO, 0.5) - before.at(Sign.AUDIO, 0.5);
      return report
          .figure("first audio p99, no passages", before.at(Sign.AUDIO, 0.99), "ms")
          .figure("first audio p99, " + passages + " passages", after.at(Sign.AUDIO, 0.99), "ms")
          .figure("turns", after.ms.get(Sign.AUDIO).size(), "")
          .figure("answered from the book", after.fromTheBook, "")
          .atMost("first audio p50, more with passages", more, 50, "ms");
    }
  }

  private static AnswerBench asked(Target target, Question question, int turns) {
    var warm = new AnswerBench();
    for (int i = 0; i < WARM; i++) {
      warm.ask(target, question);
    }
    var bench = new AnswerBench();
    for (int i = 0; i < turns; i++) {
      bench.ask(target, question);
    }
    return bench;
  }

  private Report told(Report report, AnswerBench first) {
    report
        .figure("turns", ms.get(Sign.AUDIO).size(), "")
        .figure("questions not understood as speech", missed, "")
        .figure("silence before the decision p50", Percentiles.of(patience).at(0.5), "ms")
        .figure("first turn of all: audio", first.at(Sign.AUDIO, 0.5), "ms")
        .figure("transcript p50", at(Sign.TRANSCRIPT, 0.5), "ms")
        .figure("turn p50", at(Sign.TURN, 0.5), "ms")
        .figure("text p50", at(Sign.TEXT, 0.5), "ms");
    return report
        .atMost("first audio p50", at(Sign.AUDIO, 0.5), 200, "ms")
        .atMost("first audio p99", at(Sign.AUDIO, 0.99), 350, "ms")
        .atMost("first face frame p50", at(Sign.FACE, 0.5), 200, "ms")
        .atMost("first face frame p99", at(Sign.FACE, 0.99), 350, "ms");
  }

  private double at(Sign sign, double part) {
    return Percentiles.of(ms.get(sign)).at(part);
  }

  private void ask(Target target, Question question) {
    var tiers = List.of(Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE);
    try (var dialogue = new Dialogue(target.channel(), CHARACTER, tiers);
        var microphone = new Microphone(dialogue, question)) {
      answer(dialogue, microphone);
    } catch (IllegalStateException nothingCame) {
      missed++;
    }
  }

  /** A question that was decided too early is asked on: its last decision counts. */
  private void answer(Dialogue dialogue, Microphone microphone) {
    long decided = 0;
    String said = "";
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
    Map<Sign, Long> first = new EnumMap<>(Sign.class);
    while (!first.containsKey(Sign.AUDIO) || !first.containsKey(Sign.FACE)) {
      var next = dialogue.next(end);
      var sign = Sign.of(next.event());
      if (sign.equals(Optional.of(Sign.TRANSCRIPT))) {
        var heard = next.event().getTranscript();
        decided = microphone.sentNanos(heard.getDecidedUs());
        patience.add((heard.getDecidedUs() - heard.getInputSpan().getEndUs()) / 1e3);
        first.clear();
      }
      sign.ifPresent(s -> first.putIfAbsent(s, next.atNanos()));
      said += next.event().hasTextDelta() ? next.event().getTextDelta().getText() : "";
    }
    fromTheBook += said.contains(Shelf.ANSWERED) ? 1 : 0;
    for (var sign : first.entrySet()) {
      ms.get(sign.getKey()).add((sign.getValue() - decided) / 1e6);
    }
  }
}
