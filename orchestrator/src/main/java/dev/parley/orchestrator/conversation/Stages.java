package dev.parley.orchestrator.conversation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measures the steps of a turn, in nanoseconds since it began. Not thread-safe. */
final class Stages {
  private static final class Open {
    final long start;
    long first = -1;
    long end = -1;
    String engine = "";

    Open(long start) {
      this.start = start;
    }
  }

  private final long originNanos;
  private final Map<String, Open> stages = new LinkedHashMap<>();

  Stages(long originNanos) {
    this.originNanos = originNanos;
  }

  void begin(String name, long now) {
    stages.putIfAbsent(name, new Open(now));
  }

  void first(String name, long now) {
    Open open = stages.get(name);
    if (open != null && open.first < 0) {
      open.first = now;
    }
  }

  void end(String name, long now, String engine) {
    Open open = stages.get(name);
    if (open != null) {
      open.end = now;
      open.engine = engine;
    }
  }

  /** Ends those of them that run. */
  void endAll(List<String> names, long now) {
    for (String name : names) {
      Open open = stages.get(name);
      if (open != null && open.end < 0) {
        open.end = now;
      }
    }
  }

  List<Receipt.Stage> list(long now) {
    List<Receipt.Stage> list = new ArrayList<>(stages.size());
    stages.forEach((name, s) ->
        list.add(
            new Receipt.Stage(
                name,
                Duration.ofNanos(s.start - originNanos),
                Duration.ofNanos((s.end < 0 ? now : s.end) - s.start),
                s.first < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(s.first - s.start)),
                s.engine)));
    return list;
  }
}
