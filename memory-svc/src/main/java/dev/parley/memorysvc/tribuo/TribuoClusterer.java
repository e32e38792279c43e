package dev.parley.memorysvc.tribuo;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Clusterer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.clustering.ClusterID;
import org.tribuo.clustering.ClusteringFactory;
import org.tribuo.clustering.hdbscan.HdbscanTrainer;
import org.tribuo.clustering.kmeans.KMeansModel;
import org.tribuo.clustering.kmeans.KMeansTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Groups by Tribuo: k-means with the k-means++ beginning (Arthur and Vassilvitskii 2007) and
 * HDBSCAN* (Campello, Moulavi and Sander 2013). Distances are Euclidean, which on vectors of length
 * 1 orders as the cosine does. One thread; the same vectors give the same groups.
 */
public final class TribuoClusterer implements Clusterer {
  /** The middles are learnt from at most so many points, taken evenly; all are then assigned. */
  private static final int LEARNT_FROM = 10_000;

  private static final int ROUNDS = 25;
  private static final long SEED = 1;

  /** HDBSCAN's number for points in no group. */
  private static final int OUTLIER = 0;

  @Override
  public int[] kMeans(List<Vector> vectors, int groups) {
    List<Vector> learnt = evenly(vectors);
    var trainer =
        new KMeansTrainer(
            Math.min(groups, learnt.size()),
            ROUNDS,
            new L2Distance(),
            KMeansTrainer.Initialisation.PLUSPLUS,
            1,
            SEED);
    KMeansModel model = trainer.train(dataset(learnt));
    List<float[]> middles = new ArrayList<>();
    for (DenseVector centroid : model.getCentroidVectors()) {
      middles.add(floats(centroid));
    }
    return vectors.stream().mapToInt(it -> nearest(it.values(), middles)).toArray();
  }

  @Override
  public int[] byDensity(List<Vector> vectors, int minSize) {
    int[] none = new int[vectors.size()];
    java.util.Arrays.fill(none, NONE);
    if (vectors.size() <= minSize) {
      return none;
    }
    var trainer =
        new HdbscanTrainer(
            minSize, new L2Distance(), minSize, 1, NeighboursQueryFactoryType.BRUTE_FORCE);
    List<Integer> labels = trainer.train(dataset(vectors)).getClusterLabels();
    Map<Integer, Integer> numbers = new HashMap<>();
    return labels.stream()
        .mapToInt(
            label -> label == OUTLIER ? NONE : numbers.computeIfAbsent(label, it -> numbers.size()))
        .toArray();
  }

  private static List<Vector> evenly(List<Vector> vectors) {
    int count = Math.min(vectors.size(), LEARNT_FROM);
    return IntStream.range(0, count)
        .mapToObj(i -> vectors.get((int) ((long) i * vectors.size() / count)))
        .toList();
  }

  private static MutableDataset<ClusterID> dataset(List<Vector> vectors) {
    ClusteringFactory factory = new ClusteringFactory();
    var source = new SimpleDataSourceProvenance("points", factory);
    MutableDataset<ClusterID> dataset = new MutableDataset<>(source, factory);
    // Tribuo orders features by name.
    String[] names =
        IntStream.range(0, vectors.getFirst().dimensions())
            .mapToObj("%04d"::formatted)
            .toArray(String[]::new);
    for (Vector vector : vectors) {
      float[] values = vector.values();
      double[] numbers = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
      dataset.add(new ArrayExample<>(ClusteringFactory.UNASSIGNED_CLUSTER_ID, names, numbers));
    }
    return dataset;
  }

  private static float[] floats(DenseVector vector) {
    float[] values = new float[vector.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector.get(i);
    }
    return values;
  }

  private static int nearest(float[] vector, List<float[]> middles) {
    int nearest = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < middles.size(); i++) {
      double distance = 0;
      float[] middle = middles.get(i);
      for (int d = 0; d < vector.length; d++) {
        double difference = vector[d] - middle[d];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }
}
