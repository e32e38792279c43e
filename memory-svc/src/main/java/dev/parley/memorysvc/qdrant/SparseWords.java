package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.vectors.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Words as a sparse vector for BM25 (Robertson and Zaragoza 2009): here the part that depends on
 * the text, tf / (tf + k1 (1 - b + b length / average)), in the server the rarity of each word (its
 * modifier IDF). The average length is a constant, since the server keeps none.
 *
 * @param values one a word
 * @param indices the word's hash, rising
 */
record SparseWords(List<Float> values, List<Integer> indices) {
  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final double AVERAGE_WORDS = 100;
  private static final int MOST_ASKED = 64;

  /** Of a text that is kept. */
  static SparseWords kept(String text) {
    List<String> words = Words.of(text);
    double normal = K1 * (1 - B + B * words.size() / AVERAGE_WORDS);
    Map<Integer, Integer> counts = new TreeMap<>();
    words.forEach(word -> counts.merge(index(word), 1, Integer::sum));
    List<Float> values = new ArrayList<>();
    counts.values().forEach(count -> values.add((float) (count / (count + normal))));
    return new SparseWords(values, List.copyOf(counts.keySet()));
  }

  /** Of a question: every word counts once. */
  static SparseWords asked(String text) {
    List<Integer> indices =
        Words.of(text).stream()
            .map(SparseWords::index)
            .distinct()
            .limit(MOST_ASKED)
            .sorted()
            .toList();
    return new SparseWords(indices.stream().map(index -> 1f).toList(), indices);
  }

  boolean isEmpty() {
    return indices.isEmpty();
  }

  /** 31 bits; two of a million words share one with a chance of a few hundred in all. */
  private static int index(String word) {
    CRC32 hash = new CRC32();
    hash.update(word.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() & 0x7fff_ffffL);
  }
}
