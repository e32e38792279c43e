package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Condition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a long session was about, made anew every {@value #EVERY} turns from the last summary and
 * what was said since: the person's sentences nearest to the middle of all meanings, each unlike
 * those chosen before it (maximal marginal relevance, Carbonell and Goldstein 1998, lambda = 0.5),
 * in the order in which they were said.
 */
final class Summaries {
  static final int EVERY = 12;
  private static final int SENTENCES = 6;
  private static final int SHORTEST = 12;
  private static final int MOST_SENTENCES = 200;
  private static final double LAMBDA = 0.5;
  private static final double IMPORTANCE = 0.4;

  private final Memories memories;
  private final Embedder embedder;

  Summaries(Memories memories, Embedder embedder) {
    this.memories = memories;
    this.embedder = embedder;
  }

  /** The session's summary by somebody who knows better. */
  Item given(Owner owner, RememberedTurn turn, String text, Retention retention) {
    String id = id(owner, turn);
    return summary(id, turn, text, retention, memories.find(owner, id));
  }

  /** The session's new summary when one is due after this turn. */
  Optional<Item> due(Owner owner, RememberedTurn turn, Retention retention) {
    Optional<Item> last = memories.find(owner, id(owner, turn));
    List<Condition> later = new ArrayList<>(List.of(ItemPoints.is(ItemKind.TURN)));
    last.ifPresent(it -> later.add(ItemPoints.since(it.time())));
    Scope session = Scope.of(owner).with(turn.characterId()).in(turn.sessionId());
    List<Item> since =
        memories.items(session, later).stream()
            .filter(it -> last.map(s -> it.time().isAfter(s.time())).orElse(true))
            .sorted(Comparator.comparing(Item::time))
            .toList();
    if (since.size() < EVERY) {
      return Optional.empty();
    }
    List<String> sentences =
        Stream.concat(last.stream(), since.stream())
            .flatMap(it -> Passages.sentences(it.text()).stream())
            .map(String::strip)
            .filter(it -> it.length() >= SHORTEST)
            .distinct()
            .limit(MOST_SENTENCES)
            .toList();
    RememberedTurn newest = since.getLast().turn();
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(summary(id(owner, newest), newest, chosen(sentences), retention, last));
  }

  private static String id(Owner owner, RememberedTurn turn) {
    return MemoryId.of(owner, turn.sessionId(), "summary/" + turn.characterId());
  }

  private static Item summary(
      String id, RememberedTurn turn, String text, Retention retention, Optional<Item> last) {
    RememberedTurn source =
        new RememberedTurn(
            turn.turnId(), turn.sessionId(), turn.characterId(), text, "", turn.time());
    return new Item(
        id,
        ItemKind.SUMMARY,
        source,
        FactKind.NONE,
        "",
        IMPORTANCE,
        last.map(Item::pinned).orElse(false),
        retention.end(turn.time()),
        List.of());
  }

  private String chosen(List<String> sentences) {
    List<Vector> meanings = embedder.embed(sentences);
    Vector middle = middle(meanings);
    Set<Integer> chosen = new LinkedHashSet<>();
    while (chosen.size() < Math.min(SENTENCES, sentences.size())) {
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < sentences.size(); i++) {
        double worth = chosen.contains(i) ? most : worth(meanings, middle, chosen, i);
        if (worth > most) {
          best = i;
          most = worth;
        }
      }
      chosen.add(best);
    }
    return String.join(" ", chosen.stream().sorted().map(i -> ended(sentences.get(i))).toList());
  }

  private static double worth(List<Vector> meanings, Vector middle, Set<Integer> chosen, int i) {
    double like =
        chosen.stream().mapToDouble(c -> meanings.get(c).cosine(meanings.get(i))).max().orElse(0);
    return LAMBDA * meanings.get(i).cosine(middle) - (1 - LAMBDA) * like;
  }

  private static Vector middle(List<Vector> meanings) {
    float[] sum = new float[meanings.getFirst().dimensions()];
    List<float[]> all = new ArrayList<>();
    meanings.forEach(it -> all.add(it.values()));
    for (float[] values : all) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
    return Vector.of(sum);
  }

  private static String ended(String sentence) {
    return sentence.matches("(?s).*[.!?]") ? sentence : sentence + ".";
  }
}
