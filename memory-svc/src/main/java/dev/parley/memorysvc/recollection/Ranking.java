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
 * Puts what the index found in the order in which it helps, as generative agents do (Park et al.,
 * "Generative Agents: Interactive Simulacra of Human Behavior", UIST 2023): the weighted sum of
 * relevance, recency and importance, each 0 to 1, with the weights 3, 0.5 and 2 of the authors'
 * published program, divided by 5.5 so that it lies between 0 and 1.
 *
 * <p>Relevance is the cosine, scaled so that the best of the candidates has 1 and the worst 0; of
 * texts that fit equally, what the person told goes before what the character answered and before
 * what was only asked. Recency is 0.995 to the power of the hours since the memory was last
 * recalled, or since it was said. An item appears once, with its best text; of several in the same
 * words only the newest, a fact not beside the short turn it comes from, and not a turn that told
 * what a newer fact has replaced.
 */
final class Ranking {
  static final double RELEVANCE = 3;
  static final double RECENCY = 0.5;
  static final double IMPORTANCE = 2;
  private static final double DECAY_AN_HOUR = 0.995;

  /** A question resembles the same question most of all, and answers nothing. */
  private static final double ASKED = 0.35;

  private static final double ANSWERED = 0.85;
  private static final double SUMMARY = 0.8;

  private final Instant now;
  private final Map<String, Instant> recalled;

  /** Ranks at that moment, knowing when items were last recalled. */
  Ranking(Instant now, Map<String, Instant> recalled) {
    this.now = now;
    this.recalled = recalled;
  }

  List<Memory> best(List<Hit> hits, int limit) {
    Map<String, Hit> bestOfItem = new LinkedHashMap<>();
    for (Hit hit : hits) {
      bestOfItem.merge(hit.memoryId(), hit, (a, b) -> relevance(a) >= relevance(b) ? a : b);
    }
    List<Hit> candidates = withoutReplaced(List.copyOf(bestOfItem.values()));
    double most = candidates.stream().mapToDouble(Ranking::relevance).max().orElse(0);
    double least = candidates.stream().mapToDouble(Ranking::relevance).min().orElse(0);
    List<Memory> ranked = new ArrayList<>();
    Map<String, Hit> hitOf = new LinkedHashMap<>();
    for (Hit hit : candidates) {
      double scaled = most > least ? (relevance(hit) - least) / (most - least) : 1;
      ranked.add(memory(hit, scaled));
      hitOf.put(hit.memoryId(), hit);
    }
    ranked.sort(Comparator.comparingDouble(Memory::rank).reversed().thenComparing(Memory::id));
    return withoutRepetition(ranked, hitOf).stream().limit(limit).toList();
  }

  private Memory memory(Hit hit, double relevance) {
    double recency = recency(hit.item());
    double sum = RELEVANCE * relevance + RECENCY * recency + IMPORTANCE * hit.item().importance();
    return new Memory(hit.item(), hit.cosine(), recency, sum / (RELEVANCE + RECENCY + IMPORTANCE));
  }

  double recency(Item item) {
    Instant last = recalled.getOrDefault(item.id(), item.time());
    double hours = Math.max(0, Duration.between(last, now).toSeconds() / 3600.0);
    return Math.pow(DECAY_AN_HOUR, hours);
  }

  /** The cosine, less for texts that answer less. */
  static double relevance(Hit hit) {
    double weight =
        switch (hit.kind()) {
          case TOLD, FACT -> 1;
          case ANSWERED -> ANSWERED;
          case SUMMARY -> SUMMARY;
          case ASKED -> ASKED;
        };
    return hit.cosine() * weight;
  }

  /** A short turn whose fact has been replaced tells what is no longer so. */
  private static List<Hit> withoutReplaced(List<Hit> hits) {
    Map<String, Set<String>> replaced = new LinkedHashMap<>();
    for (Hit hit : hits) {
      for (Earlier it : hit.item().history()) {
        replaced.computeIfAbsent(it.turnId(), id -> new HashSet<>()).add(words(it.text()));
      }
    }
    return hits.stream()
        .filter(hit ->
            hit.item().kind() != ItemKind.TURN
                || replaced.getOrDefault(hit.turn().turnId(), Set.of()).stream()
                    .noneMatch(old -> isMostOf(old, words(hit.item().text()))))
        .toList();
  }

  private static List<Memory> withoutRepetition(List<Memory> ranked, Map<String, Hit> hits) {
    Map<String, Memory> newest = new LinkedHashMap<>();
    for (Memory it : ranked) {
      newest.merge(words(hits.get(it.id())), it, Ranking::newer);
    }
    Map<String, String> turns = new LinkedHashMap<>();
    ranked.stream()
        .filter(it -> it.item().kind() == ItemKind.TURN)
        .forEach(it -> turns.put(it.turn().turnId(), words(it.item().text())));
    Set<String> kept = new HashSet<>();
    newest.values().forEach(it -> kept.add(it.id()));
    return ranked.stream()
        .filter(it -> kept.contains(it.id()))
        .filter(it ->
            it.item().kind() != ItemKind.FACT
                || !isMostOf(words(it.item().text()), turns.getOrDefault(it.turn().turnId(), "")))
        .toList();
  }

  /** The newer; of one turn the turn itself, which has the answer too. */
  private static Memory newer(Memory a, Memory b) {
    boolean ofOneTurn = a.turn().turnId().equals(b.turn().turnId());
    int order = ofOneTurn ? 0 : a.item().time().compareTo(b.item().time());
    boolean second = order < 0 || (order == 0 && b.item().kind() == ItemKind.TURN);
    return second ? b : a;
  }

  /** Whether a text holds another and little else. */
  private static boolean isMostOf(String part, String whole) {
    return whole.contains(part) && !part.isEmpty() && whole.length() < 2 * part.length();
  }

  private static String words(Hit hit) {
    return words(
        hit.kind() == Kind.ANSWERED ? hit.turn().characterText() : hit.turn().personText());
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
