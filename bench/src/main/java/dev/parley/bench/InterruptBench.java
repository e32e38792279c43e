package dev.parley.bench;

import dev.parley.bench.load.Dialogue;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.type.v1.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * From an interruption to silence, while every session is spoken to. The clock is that of the
 * clients, all of which are this process; Parley is another: from just before the interruption is
 * sent to the arrival of the last audio and of {@code Interrupted}; both ways over the loopback are
 * part of it. Audio that comes after {@code Interrupted} would be counted, too.
 */
final class InterruptBench {
  private static final String ASK = "What is your advice?";
  private static final long LIMIT_MS = 20_000;
  private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(60);
  private final List<Double> lastAudio = Collections.synchronizedList(new ArrayList<>());
  private final List<Double> said = Collections.synchronizedList(new ArrayList<>());

  private final AtomicInteger refusals = new AtomicInteger();

  private InterruptBench() {}

  /** Many sessions before few, so that both find a process that is warm. */
  static Report run(int turns, List<Integer> counts) {
    var report = new Report("interrupt").with("asked", ASK);
    List<Integer> falling = counts.stream().sorted(Comparator.reverseOrder()).toList();
    try (var target = Target.stubbed()) {
      all(report, target, "engines stubbed", turns, falling);
    }
    try (var target = Target.product()) {
      all(report, target, "real engines", turns, falling);
    }
    return report;
  }

  private static void all(
      Report report, Target target, String engines, int turns, List<Integer> counts) {
    long warm = System.nanoTime() + WARM_NANOS;
    new InterruptBench().measure(target, counts.getFirst(), _ -> System.nanoTime() < warm);
    for (int sessions : counts) {
      var bench = new InterruptBench();
      int each = Math.max(3, turns / sessions);
      bench.measure(target, sessions, turn -> turn < each);
      bench.tell(report, engines + ", " + sessions, sessions * each);
    }
  }

  private void tell(Report report, String where, int wanted) {
    var audio = Percentiles.of(lastAudio);
    String with = ", " + where + (where.endsWith(" 1") ? " session" : " sessions");
    report
        .figure("interruptions" + with, audio.count(), "")
        .figure("answers refused aloud as OVERLOADED" + with, refusals.get(), "")
        .figure("answers that never began" + with, wanted - audio.count() - refusals.get(), "")
        .figure("last audio p50" + with, audio.at(0.5), "ms")
        .atMost("last audio p99" + with, audio.at(0.99), 20, "ms")
        .figure("Interrupted p50" + with, Percentiles.of(said).at(0.5), "ms")
        .figure("Interrupted p99" + with, Percentiles.of(said).at(0.99), "ms");
  }

  private void measure(Target target, int sessions, IntPredicate goesOn) {
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      var dialogue =
          new Dialogue(target.channel(), "ada", List.of(Tier.TIER_TEXT, Tier.TIER_AUDIO));
      people.add(Thread.ofVirtual().start(() -> talk(dialogue, goesOn, sessions)));
    }
    for (Thread person : people) {
      try {
        person.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void talk(Dialogue dialogue, IntPredicate goesOn, int sessions) {
    try (dialogue) {
      pause(20L * sessions);
      for (int i = 0; goesOn.test(i); i++) {
        dialogue.type(ASK);
        var sign = dialogue.await(e -> e.hasAudioDelta() || refused(e), LIMIT_MS).event();
        if (refused(sign)) {
          refusals.incrementAndGet();
          pause(1000 * Math.max(1, sign.getProblem().getRetryAfter().getSeconds()));
        } else {
          pause(600);
          interrupt(dialogue);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the answer comes in text only, since the voice has no time for it. */
  private static boolean refused(ServerEvent event) {
    return event.hasProblem() && event.getProblem().getReason() == Reason.REASON_OVERLOADED;
  }

  private static void pause(long mostMs) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200 + ThreadLocalRandom.current().nextLong(mostMs));
  }

  /** Takes all events of the cut turn, so that audio after {@code Interrupted} counts. */
  private void interrupt(Dialogue dialogue) {
    long sent = dialogue.interrupt();
    long last = sent;
    long told = 0;
    long end = sent + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
    for (var next = dialogue.next(end);
        !next.event().hasTurnCompleted();
        next = dialogue.next(end)) {
      last = next.event().hasAudioDelta() ? Math.max(last, next.atNanos()) : last;
      told = next.event().hasInterrupted() ? next.atNanos() : told;
    }
    if (told == 0) {
      throw new IllegalStateException("the answer ended before it was interrupted");
    }
    said.add((told - sent) / 1e6);
    lastAudio.add((last - sent) / 1e6);
  }
}
