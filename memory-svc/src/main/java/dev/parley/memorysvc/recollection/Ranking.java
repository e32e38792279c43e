package dev.parley.memorysvc.recollection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts what the index found in the order in which it helps. Meaning decides; of texts that fit
 * about equally, what the person told goes before what the character answered and before what was
 * only asked, and the newer before the older. A memory appears once, with its best text, and of
 * several in the same words only the newest.
 */
final class Ranking {
  /** A question resembles the same question most of all, and answers nothing. */
  private static final double ASKED = 0.35;

  private static final double ANSWERED = 0.85;

  /** What age costs at most. */
  private static final double AGE = 0.05;

  private static final double HALF_AGE_DAYS = 30;

  private final Instant now;

  Ranking(Instant now) {
    this.now = now;
  }

  List<Memory> best(List<Hit> hits, int limit) {
    Map<String, Hit> bestOfMemory = new LinkedHashMap<>();
    for (Hit hit : hits) {
      bestOfMemory.merge(hit.memoryId(), hit, (a, b) -> worth(a) >= worth(b) ? a : b);
    }
    List<Hit> ordered = new ArrayList<>(bestOfMemory.values());
    ordered.sort(Comparator.comparingDouble(this::worth).reversed().thenComparing(Hit::memoryId));
    return withoutRepetition(ordered).stream()
        .limit(limit)
        .map(hit -> new Memory(hit.memoryId(), hit.turn(), hit.cosine()))
        .toList();
  }

  double worth(Hit hit) {
    double kind =
        switch (hit.kind()) {
          case TOLD -> 1;
          case ANSWERED -> ANSWERED;
          case ASKED -> ASKED;
        };
    double days = Math.max(0, Duration.between(hit.turn().time(), now).toMinutes() / 1440.0);
    return hit.cosine() * kind - AGE * days / (days + HALF_AGE_DAYS);
  }

  private static List<Hit> withoutRepetition(List<Hit> ordered) {
    Map<String, Hit> newest = new LinkedHashMap<>();
    for (Hit hit : ordered) {
      newest.merge(words(hit), hit, (a, b) -> b.turn().time().isAfter(a.turn().time()) ? b : a);
    }
    Set<String> kept = new HashSet<>();
    newest.values().forEach(hit -> kept.add(hit.memoryId()));
    return ordered.stream().filter(hit -> kept.contains(hit.memoryId())).toList();
  }

  private static String words(Hit hit) {
    String text =
        hit.kind() == Kind.ANSWERED ? hit.turn().characterText() : hit.turn().personText();
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
