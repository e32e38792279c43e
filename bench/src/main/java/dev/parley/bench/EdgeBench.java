package dev.parley.bench;

import dev.parley.bench.doors.Caller.Kind;
import dev.parley.bench.doors.Caller.Took;
import dev.parley.bench.doors.Doors;
import dev.parley.bench.doors.Doors.Door;
import dev.parley.bench.report.Percentiles;
import dev.parley.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each door costs: CPU time of its servers a call with as many calls as go, and at a fixed
 * rate, which is half of what the slowest door reached, the time until a call has ended. All doors
 * stand all the time and are called in turn, round after round; figures are medians of rounds.
 */
final class EdgeBench {
  private static final int AT_ONCE = 16;

  /** What one door did in one round; CPU time in microseconds a call, times in milliseconds. */
  private record Round(
      double callsACore, double callsASecond, double cpuUs, double p50, double p99, double late) {}

  private final Doors doors;
  private final Duration warm;
  private final Duration flat;
  private final Duration paced;

  private EdgeBench(Doors doors, Duration warm, Duration flat, Duration paced) {
    this.doors = doors;
    this.warm = warm;
    this.flat = flat;
    this.paced = paced;
  }

  static Report run(int rounds, Duration warm, Duration flat, Duration paced)
      throws IOException, InterruptedException {
    Report report =
        new Report("edge")
            .with("rounds", rounds)
            .with("warm-up of a door, each kind", warm.toSeconds() + " s flat out")
            .with(
                "a door in a round",
                flat.toSeconds() + " s flat out, " + paced.toSeconds() + " s paced")
            .with("calls at a time, flat out", AT_ONCE);
    try (Doors doors = Doors.start()) {
      EdgeBench bench = new EdgeBench(doors, warm, flat, paced);
      for (Kind kind : Kind.values()) {
        bench.measure(kind, rounds, report);
      }
    }
    return report;
  }

  private void measure(Kind kind, int rounds, Report report) throws InterruptedException {
    double slowest = Double.MAX_VALUE;
    for (Door door : doors.all()) {
      door.caller().flat(kind, AT_ONCE, warm);
    }
    for (Door door : doors.all()) {
      slowest = Math.min(slowest, door.caller().flat(kind, AT_ONCE, flat).aSecond());
    }
    Map<Door, List<Round>> all = new HashMap<>();
    for (int i = 0; i < rounds; i++) {
      for (Door door : doors.all()) {
        Round round = round(door, kind, slowest / 2);
        System.out.println(kind + " " + door.name() + " " + round);
        all.computeIfAbsent(door, _ -> new ArrayList<>()).add(round);
      }
    }
    report.with("paced, " + name(kind), "%.0f calls a second".formatted(slowest / 2));
    List<Round> bare = all.get(doors.all().getFirst());
    for (Door door : doors.all()) {
      tell(report, name(kind) + ", " + door.name(), all.get(door), bare);
    }
  }

  private Round round(Door door, Kind kind, double rate) throws InterruptedException {
    double before = door.cpuSeconds();
    Took most = whole(door.caller().flat(kind, AT_ONCE, flat));
    double between = door.cpuSeconds();
    Took took = whole(door.caller().paced(kind, rate, paced));
    double after = door.cpuSeconds();
    Percentiles ms = Percentiles.of(took.ms());
    return new Round(
        most.calls() / (between - before),
        most.aSecond(),
        (after - between) * 1e6 / took.calls(),
        ms.at(0.5),
        ms.at(0.99),
        Percentiles.of(took.lateMs()).at(0.99));
  }

  private static Took whole(Took took) {
    if (took.failed() > 0) {
      throw new IllegalStateException(took.failed() + " of " + took.calls() + " calls failed");
    }
    return took;
  }

  private static void tell(Report report, String what, List<Round> rounds, List<Round> bare) {
    double cores = median(rounds, Round::callsACore);
    double share = cores / median(bare, Round::callsACore);
    double p50 = median(rounds, Round::p50) - median(bare, Round::p50);
    double p99 = median(rounds, Round::p99) - median(bare, Round::p99);
    report
        .figure(what + ": calls a core, flat out", cores, "")
        .figure(what + ": calls a second, flat out", median(rounds, Round::callsASecond), "")
        .figure(what + ": CPU a call, paced", median(rounds, Round::cpuUs), "us")
        .figure(what + ": p50, paced", median(rounds, Round::p50), "ms")
        .figure(what + ": p99, paced", median(rounds, Round::p99), "ms")
        .figure(what + ": calls made late, p99", median(rounds, Round::late), "ms");
    if (what.contains("Armeria")) {
      report.atLeast(what + ": calls a core of bare", share, 0.6, "");
    } else if (!rounds.equals(bare)) {
      report.figure(what + ": calls a core of bare", share, "");
    }
    if (what.contains("whole")) {
      report.atMost(what + ": p50 added", p50, 1, "ms").atMost(what + ": p99 added", p99, 4, "ms");
    } else if (what.contains("JWT")) {
      report.atMost(what + ": p50 added", p50, 0.5, "ms").figure(what + ": p99 added", p99, "ms");
    } else if (!rounds.equals(bare)) {
      report.figure(what + ": p50 added", p50, "ms").figure(what + ": p99 added", p99, "ms");
    }
  }

  private static double median(
      List<Round> rounds, java.util.function.ToDoubleFunction<Round> figure) {
    return Percentiles.of(rounds.stream().map(figure::applyAsDouble).toList()).at(0.5);
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
