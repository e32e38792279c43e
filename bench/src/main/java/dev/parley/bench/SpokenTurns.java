package dev.parley.bench;

import dev.parley.bench.load.Dialogue;
import dev.parley.bench.load.Microphone;
import dev.parley.bench.load.Question;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Percentiles;
import dev.parley.conversation.v1.Citation;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Turns that were asked by voice, one after the other, each in a session of its own: when each
 * first sign of an answer came, and what was heard and cited. The clock is the client's: it begins
 * when the client sent the last chunk of sound that the decision needed, so recognition's last
 * words, queues and both ways are part of it. One thread asks.
 */
final class SpokenTurns {
  private static final long LIMIT_MS = 20_000;
  private static final List<Tier> TIERS = List.of(Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE);

  /** The firsts of an answer, in the order in which they come. */
  enum Sign {
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

  private final Target target;
  private final String character;
  private final Question question;
  private final Predicate<Citation> sought;
  private final boolean cited;
  private final Map<Sign, List<Double>> ms = new EnumMap<>(Sign.class);
  private final List<Double> patience = new ArrayList<>();
  private final Map<String, Integer> heard = new TreeMap<>();
  private int missed;
  private int found;

  private SpokenTurns(
      Target target, String character, Question question, Optional<Predicate<Citation>> sought) {
    this.target = target;
    this.character = character;
    this.question = question;
    this.sought = sought.orElse(_ -> false);
    this.cited = sought.isPresent();
    for (Sign sign : Sign.values()) {
      ms.put(sign, new ArrayList<>());
    }
  }

  /** So many turns whose answers are not listened to after their first signs. */
  static SpokenTurns asked(Target target, String character, Question question, int turns) {
    return new SpokenTurns(target, character, question, Optional.empty()).ask(turns);
  }

  /** The same; each is listened to until such a citation came, or until it has ended without. */
  static SpokenTurns asked(
      Target target, String character, Question question, int turns, Predicate<Citation> sought) {
    return new SpokenTurns(target, character, question, Optional.of(sought)).ask(turns);
  }

  /** Milliseconds until a sign, of that part of the turns. */
  double at(Sign sign, double part) {
    return Percentiles.of(ms.get(sign)).at(part);
  }

  /** Turns that were answered aloud. */
  int answered() {
    return ms.get(Sign.AUDIO).size();
  }

  /** Turns that were not, within 20 seconds. */
  int missed() {
    return missed;
  }

  /** Turns in which the citation came that was looked for. */
  int found() {
    return found;
  }

  /** Milliseconds of silence that the server waited for, of that part of the turns. */
  double patience(double part) {
    return Percentiles.of(patience).at(part);
  }

  /** What the server took the question for, and how often. */
  Map<String, Integer> heard() {
    return heard;
  }

  private SpokenTurns ask(int turns) {
    for (int i = 0; i < turns; i++) {
      try (var dialogue = new Dialogue(target.channel(), character, TIERS);
          var microphone = new Microphone(dialogue, question)) {
        answer(dialogue, microphone);
      } catch (IllegalStateException nothingCame) {
        missed++;
      }
    }
    return this;
  }

  /** A question that was decided too early is asked on: its last decision counts. */
  private void answer(Dialogue dialogue, Microphone microphone) {
    long decided = 0;
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
    Map<Sign, Long> first = new EnumMap<>(Sign.class);
    boolean over = false;
    boolean quoted = false;
    while (!first.containsKey(Sign.AUDIO) || !first.containsKey(Sign.FACE) || !over) {
      var next = dialogue.next(end);
      var sign = Sign.of(next.event());
      if (sign.equals(Optional.of(Sign.TRANSCRIPT))) {
        decided = decided(next.event(), microphone);
        first.clear();
      }
      sign.ifPresent(s -> first.putIfAbsent(s, next.atNanos()));
      quoted |= next.event().hasCitation() && sought.test(next.event().getCitation());
      over = !cited || quoted || over || next.event().hasTurnCompleted();
    }
    found += quoted ? 1 : 0;
    for (var sign : first.entrySet()) {
      ms.get(sign.getKey()).add((sign.getValue() - decided) / 1e6);
    }
  }

  private long decided(ServerEvent event, Microphone microphone) {
    var transcript = event.getTranscript();
    patience.add((transcript.getDecidedUs() - transcript.getInputSpan().getEndUs()) / 1e3);
    heard.merge(transcript.getText(), 1, Integer::sum);
    return microphone.sentNanos(transcript.getDecidedUs());
  }
}
