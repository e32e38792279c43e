package dev.parley.memorysvc.vectors;

/**
 * Which vectors a collection holds; only vectors of one space can be compared.
 *
 * @param dimensions numbers in a vector, 2 to 4096
 * @param model the model they come from
 * @param embedded whether texts are embedded for it, by the service's embedding model: when that
 *     changes, so do its vectors
 */
public record VectorSpace(int dimensions, String model, boolean embedded) {
  /** Most numbers in a vector. */
  public static final int MOST_DIMENSIONS = 4096;

  /** Refuses numbers of dimensions that cannot be. */
  public VectorSpace {
    if (dimensions < 2 || dimensions > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "dimensions: " + dimensions + " (expected 2 to " + MOST_DIMENSIONS + ")");
    }
  }
}
