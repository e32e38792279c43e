package dev.parley.memorysvc.vectors;

import dev.parley.memorysvc.embedding.Vector;
import java.util.List;

/** Groups vectors by nearness. Takes long and much memory; safe for use by many threads. */
public interface Clusterer {
  /** The group of a vector that is in none. */
  int NONE = -1;

  /** The group of each vector, from 0, of at most so many groups. */
  int[] kMeans(List<Vector> vectors, int groups);

  /** The group of each vector, from 0, or {@link #NONE}; groups have at least so many. */
  int[] byDensity(List<Vector> vectors, int minSize);
}
