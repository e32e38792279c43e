package dev.parley.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What listeners heard while something happened again and again. */
final class KillSeries {
  private final String what;
  private final String said;
  private final List<String> words;
  private final List<Duration> silences = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final TreeSet<String> problems = new TreeSet<>();
  private int kills;
  private int cuts;

  /** Of somebody who says that text, in those words where nothing happens. */
  KillSeries(String what, String said, List<String> words) {
    this.what = what;
    this.said = said;
    this.words = words;
  }

  void killed() {
    kills++;
  }

  /** One of them has heard it all. */
  void heard(SteadyClient client) {
    silences.add(client.longestSilence());
    problems.addAll(client.problems());
    cuts += client.cuts();
    if (!client.text().equals(said)) {
      wrong.add("text: " + client.text());
    }
    if (!client.words().equals(words)) {
      wrong.add("words: " + client.words());
    }
    if (!client.seams().isEmpty()) {
      wrong.add("seams: " + client.seams());
    }
  }

  /** One of them did not come to its end. */
  void lost(Throwable why) {
    wrong.add("lost: " + why);
  }

  /** Silence of that share of the listeners was at most so long. */
  Duration silence(double share) {
    List<Duration> sorted = silences.stream().sorted().toList();
    int at = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, at));
  }

  /** Everything that was not as it should be. */
  List<String> wrong() {
    return wrong;
  }

  @Override
  public String toString() {
    return "killed %-14s %2d times, %3d listeners: silence p50 %5d ms, p95 %5d ms, longest %5d ms; %d connections cut, %d wrong, problems %s"
        .formatted(
            what,
            kills,
            silences.size(),
            silence(0.5).toMillis(),
            silence(0.95).toMillis(),
            silence(1).toMillis(),
            cuts,
            wrong.size(),
            problems);
  }
}
