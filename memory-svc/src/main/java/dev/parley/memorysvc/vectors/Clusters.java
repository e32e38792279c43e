package dev.parley.memorysvc.vectors;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Groups the points of a collection that have vectors. One request at a time computes, on a thread
 * of its own, so that conversations keep a core; the others wait.
 */
public final class Clusters implements AutoCloseable {
  /** Most points that k-means groups. */
  public static final int MOST = 100_000;

  /** Most points that are grouped by density, which compares each with each. */
  public static final int MOST_BY_DENSITY = 5000;

  private final VectorCollections collections;
  private final Clusterer clusterer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("clusters").daemon().priority(Thread.MIN_PRIORITY).factory());

  /** Groups of these collections. */
  public Clusters(VectorCollections collections, Clusterer clusterer) {
    this.collections = collections;
    this.clusterer = clusterer;
  }

  /** At most {@code groups} groups; every point is in one. */
  public Clustering kMeans(CollectionKey key, List<Condition> conditions, int groups) {
    return grouped(key, conditions, MOST, vectors -> clusterer.kMeans(vectors, groups));
  }

  /** As many groups as there are dense places with at least {@code minSize} points. */
  public Clustering byDensity(CollectionKey key, List<Condition> conditions, int minSize) {
    return grouped(
        key, conditions, MOST_BY_DENSITY, vectors -> clusterer.byDensity(vectors, minSize));
  }

  private Clustering grouped(
      CollectionKey key, List<Condition> conditions, int most, Function<List<Vector>, int[]> how) {
    try {
      return thread.submit(() -> computed(key, conditions, most, how)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "INTERNAL", "interrupted while grouping");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    }
  }

  private Clustering computed(
      CollectionKey key, List<Condition> conditions, int most, Function<List<Vector>, int[]> how) {
    List<String> ids = new ArrayList<>();
    List<Vector> vectors = new ArrayList<>();
    collections.each(
        key,
        conditions,
        point ->
            point
                .vector()
                .ifPresent(vector -> {
                  if (ids.size() == most) {
                    throw Failure.of(
                        Failure.Code.FAILED_PRECONDITION,
                        "TOO_LARGE",
                        "more than " + most + " points (narrow them by conditions)");
                  }
                  ids.add(point.id());
                  vectors.add(vector);
                }));
    return vectors.isEmpty()
        ? new Clustering(List.of(), List.of())
        : clustering(ids, vectors, how.apply(vectors));
  }

  private static Clustering clustering(List<String> ids, List<Vector> vectors, int[] groups) {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    List<String> outliers = new ArrayList<>();
    for (int i = 0; i < groups.length; i++) {
      if (groups[i] == Clusterer.NONE) {
        outliers.add(ids.get(i));
      } else {
        members.computeIfAbsent(groups[i], it -> new ArrayList<>()).add(i);
      }
    }
    List<Clustering.Cluster> clusters = new ArrayList<>();
    members.values().forEach(it -> clusters.add(cluster(it, ids, vectors)));
    clusters.sort(Comparator.comparingInt(it -> -it.ids().size()));
    return new Clustering(clusters, outliers);
  }

  private static Clustering.Cluster cluster(
      List<Integer> members, List<String> ids, List<Vector> vectors) {
    Vector middle = middle(members.stream().map(vectors::get).toList());
    List<String> nearestFirst =
        members.stream()
            .sorted(Comparator.comparingDouble(i -> -vectors.get(i).cosine(middle)))
            .map(ids::get)
            .toList();
    return new Clustering.Cluster(nearestFirst, middle);
  }

  private static Vector middle(List<Vector> vectors) {
    float[] sum = new float[vectors.getFirst().dimensions()];
    for (Vector vector : vectors) {
      float[] values = vector.values();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
    try {
      return Vector.of(sum);
    } catch (IllegalArgumentException opposite) {
      return vectors.getFirst(); // They cancel each other out, so no direction is their middle.
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
