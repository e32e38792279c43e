package dev.parley.memorysvc.vectors;

import java.util.List;

/**
 * The groups of a collection.
 *
 * @param clusters the largest first
 * @param outliers ids of points in no group
 */
public record Clustering(List<Cluster> clusters, List<String> outliers) {
  /** Copies both. */
  public Clustering {
    clusters = List.copyOf(clusters);
    outliers = List.copyOf(outliers);
  }

  /**
   * A group.
   *
   * @param ids its points, nearest to the middle first
   * @param centroid its middle, of length 1
   */
  public record Cluster(List<String> ids, dev.parley.memorysvc.embedding.Vector centroid) {
    /** Copies the ids. */
    public Cluster {
      ids = List.copyOf(ids);
    }
  }
}
