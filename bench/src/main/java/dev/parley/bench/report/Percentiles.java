package dev.parley.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of a measured quantity, by nearest rank. */
public final class Percentiles {
  private final double[] sorted;

  private Percentiles(double[] sorted) {
    this.sorted = sorted;
  }

  /** Of those values, in any order. */
  public static Percentiles of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  /** How many values there are. */
  public int count() {
    return sorted.length;
  }

  /** The smallest value that at least {@code share} (0 to 1) of all do not exceed. */
  public double at(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
  }
}
