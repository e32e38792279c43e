package dev.parley.memorysvc.embedding;

import java.util.Arrays;

/** A direction of length 1 in the space of meanings. Immutable. */
public final class Vector {
  private final float[] values;

  private Vector(float[] values) {
    this.values = values;
  }

  /**
   * The direction of the given numbers.
   *
   * @throws IllegalArgumentException when they have no direction: all zero, or not finite
   */
  public static Vector of(float... numbers) {
    double square = 0;
    for (float number : numbers) {
      square += (double) number * number;
    }
    double length = Math.sqrt(square);
    if (!(length > 1e-12) || Double.isInfinite(length)) {
      throw new IllegalArgumentException("length: " + length + " (expected more than 0)");
    }
    float[] unit = new float[numbers.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (numbers[i] / length);
    }
    return new Vector(unit);
  }

  /** How many numbers. */
  public int dimensions() {
    return values.length;
  }

  /** A copy of the numbers. */
  public float[] values() {
    return values.clone();
  }

  /** Cosine of the angle to another of the same number of dimensions, -1 to 1. */
  public double cosine(Vector other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "dimensions: " + other.values.length + " (expected " + values.length + ")");
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return Math.clamp(sum, -1.0, 1.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Vector vector && Arrays.equals(values, vector.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Vector[" + values.length + "]";
  }
}
