package dev.parley.bench;

import dev.parley.bench.load.Dialogue;
import dev.parley.bench.load.Target;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Processes;
import dev.parley.bench.report.Report;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How cost grows: typed turns one after the other in a single session, then sessions that nobody
 * talks in. Server, client and stores are in one process tree; what the client holds is dropped
 * event by event. A turn is measured from the typed text to {@code TurnCompleted}, which comes when
 * the turn is on disk.
 */
final class GrowthBench {
  private static final int BLOCKS = 10;
  private static final long LIMIT_MS = 30_000;
  private static final List<Tier> TEXT = List.of(Tier.TIER_TEXT);

  private final Report report = new Report("growth");

  private GrowthBench() {}

  static Report run(int turns, int sessions) {
    var bench = new GrowthBench();
    try (var target = Target.start()) {
      bench.turns(target, turns);
      bench.sessions(target, sessions);
    }
    return bench.report;
  }

  private void turns(Target target, int turns) {
    try (var dialogue = new Dialogue(target.channel(), "ada", TEXT)) {
      for (int i = 0; i < 100; i++) {
        turn(dialogue, i);
      }
      double first = 0;
      double heapFirst = 0;
      for (int block = 1; block <= BLOCKS; block++) {
        List<Double> ms = new ArrayList<>();
        for (int i = 0; i < turns / BLOCKS; i++) {
          ms.add(turn(dialogue, block * turns + i));
        }
        var spread = Percentiles.of(ms);
        String upTo = " at turn " + block * (turns / BLOCKS);
        double heap = heapMb();
        report.figure("turn p50" + upTo, spread.at(0.5), "ms");
        report.figure("turn p99" + upTo, spread.at(0.99), "ms");
        report.figure("live heap" + upTo, heap, "MB");
        report.figure("PSS of all processes" + upTo, treeMb(), "MB");
        first = block == 1 ? spread.at(0.5) : first;
        heapFirst = block == 1 ? heap : heapFirst;
        if (block == BLOCKS) {
          report.atMost("last block's p50 over the first's", spread.at(0.5) / first, 1.25, "");
          report.atMost("live heap gained after the first block", heap - heapFirst, 10, "MB");
        }
      }
    }
  }

  private static double turn(Dialogue dialogue, int number) {
    long start = dialogue.type("My number " + number + " is a good one. What is your name?");
    return (dialogue.await(ServerEvent::hasTurnCompleted, LIMIT_MS).atNanos() - start) / 1e6;
  }

  private void sessions(Target target, int sessions) {
    double before = heapMb();
    double pssBefore = treeMb();
    List<Dialogue> idle = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      idle.add(new Dialogue(target.channel(), "ada", TEXT));
    }
    report.figure(
        "live heap a idle session (client's part included)",
        1024 * (heapMb() - before) / sessions,
        "kB");
    report.figure("PSS a idle session", 1024 * (treeMb() - pssBefore) / sessions, "kB");
    report.figure("cores used by " + sessions + " idle sessions", cores(20), "");
    try (var dialogue = new Dialogue(target.channel(), "ada", TEXT)) {
      List<Double> ms = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ms.add(turn(dialogue, i));
      }
      report.spread("turn beside " + sessions + " idle sessions", Percentiles.of(ms), "ms");
    }
    idle.forEach(Dialogue::close);
  }

  private static double treeMb() {
    return Processes.treeMb(ProcessHandle.current());
  }

  private static double cores(int seconds) {
    double before = Processes.treeCpuSeconds(ProcessHandle.current());
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return (Processes.treeCpuSeconds(ProcessHandle.current()) - before) / seconds;
  }

  private static double heapMb() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
  }
}
