package dev.parley.memorysvc.onnx;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts that are run together. Texts of similar length share a batch, so that little is padded; a
 * batch is small enough that a short question behind it does not wait long.
 */
final class Batches {
  /** Texts in one call of the model. */
  static final int MOST_TEXTS = 32;

  /** Tokens in one call, padding included. */
  static final int MOST_TOKENS = 2048;

  private Batches() {}

  /** The numbers of the texts of each batch, by how many tokens each text has. */
  static List<List<Integer>> of(List<long[]> texts) {
    List<Integer> byLength =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> texts.get(i).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    for (int text : byLength) {
      int tokens = (batch.size() + 1) * texts.get(text).length;
      if (!batch.isEmpty() && (batch.size() == MOST_TEXTS || tokens > MOST_TOKENS)) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(text);
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
