package dev.parley.documentsvc.library;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Folds passages that say nearly the same: those whose sets of three words in a row overlap by
 * {@value #SAME} or more (Jaccard), the best of which stands for the others.
 */
final class Duplicates {
  private static final double SAME = 0.8;
  private static final int IN_A_ROW = 3;

  private Duplicates() {}

  /** Best first, as they come. */
  static List<Search.Result> folded(List<Search.Result> results) {
    List<Search.Result> kept = new ArrayList<>();
    List<Set<String>> shapes = new ArrayList<>();
    for (Search.Result it : results) {
      Set<String> shape = shape(it.chunk().text());
      int same = indexOf(shape, shapes);
      if (same < 0) {
        kept.add(it);
        shapes.add(shape);
      } else {
        Search.Result best = kept.get(same);
        kept.set(same, best.standingFor(best.duplicates() + 1));
      }
    }
    return kept;
  }

  private static int indexOf(Set<String> shape, List<Set<String>> shapes) {
    for (int i = 0; i < shapes.size(); i++) {
      if (jaccard(shape, shapes.get(i)) >= SAME) {
        return i;
      }
    }
    return -1;
  }

  static double jaccard(Set<String> a, Set<String> b) {
    Set<String> smaller = a.size() < b.size() ? a : b;
    Set<String> larger = smaller == a ? b : a;
    long both = smaller.stream().filter(larger::contains).count();
    return (double) both / Math.max(1, a.size() + b.size() - both);
  }

  static Set<String> shape(String text) {
    String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
    Set<String> shape = new HashSet<>();
    for (int i = 0; i < Math.max(1, words.length - IN_A_ROW + 1); i++) {
      int end = Math.min(words.length, i + IN_A_ROW);
      shape.add(String.join(" ", java.util.Arrays.asList(words).subList(i, end)));
    }
    return shape;
  }
}
