package dev.parley.memorysvc.vectors;

import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Random;

/** A text has the same direction every time, in each model another. */
public record FixedEmbedder(String model, int dimensions) implements Embedder {

  @Override
  public List<Vector> embed(List<String> texts) {
    return texts.stream().map(this::one).toList();
  }

  /** The direction of one text. */
  public Vector one(String text) {
    Random random = new Random((model + text).hashCode());
    float[] numbers = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Vector.of(numbers);
  }
}
