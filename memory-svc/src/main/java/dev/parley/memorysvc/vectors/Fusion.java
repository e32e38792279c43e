package dev.parley.memorysvc.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): a hit is worth the sum over the lists
 * of 1 / (k + its place in the list, from 1), with k = 60.
 */
public final class Fusion {
  /** The constant of the paper. */
  public static final int K = 60;

  private Fusion() {}

  /**
   * Something found, under an id.
   *
   * @param value its worth in the list it comes from
   */
  public record Ranked(String id, double value) {}

  /**
   * Something fused.
   *
   * @param denseRank from 1, 0 when not in the list
   * @param lexicalRank from 1, 0 when not in the list
   */
  public record Fused(
      String id, double score, double cosine, int denseRank, double bm25, int lexicalRank) {
    private Fused lexical(double value, int rank) {
      return new Fused(id, score + worth(rank), cosine, denseRank, value, rank);
    }
  }

  /** What a place is worth. */
  public static double worth(int rank) {
    return 1.0 / (K + rank);
  }

  /** Both lists as one, best first; equals in the order of their ids. */
  public static List<Fused> of(List<Ranked> dense, List<Ranked> lexical, int limit) {
    Map<String, Fused> fused = new LinkedHashMap<>();
    for (int i = 0; i < dense.size(); i++) {
      Ranked it = dense.get(i);
      fused.put(it.id(), new Fused(it.id(), worth(i + 1), it.value(), i + 1, 0, 0));
    }
    for (int i = 0; i < lexical.size(); i++) {
      Ranked it = lexical.get(i);
      Fused before = fused.getOrDefault(it.id(), new Fused(it.id(), 0, 0, 0, 0, 0));
      fused.put(it.id(), before.lexical(it.value(), i + 1));
    }
    List<Fused> ordered = new ArrayList<>(fused.values());
    ordered.sort(Comparator.comparingDouble(Fused::score).reversed().thenComparing(Fused::id));
    return ordered.subList(0, Math.min(limit, ordered.size()));
  }
}
