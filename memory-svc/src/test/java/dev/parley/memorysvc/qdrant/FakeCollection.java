package dev.parley.memorysvc.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Points of the server in memory; every search looks at all of them. */
final class FakeCollection {
  private final CreateCollection made;
  private final Map<PointId, PointStruct> points =
      new TreeMap<>(Comparator.comparing(PointId::getUuid));
  private final Map<String, PayloadSchemaType> indexes = new TreeMap<>();

  /** A point and its worth. */
  record Scored(PointStruct point, double score) {}

  FakeCollection(CreateCollection made) {
    this.made = made;
  }

  CreateCollection made() {
    return made;
  }

  Map<PointId, PointStruct> points() {
    return points;
  }

  Map<String, PayloadSchemaType> indexes() {
    return indexes;
  }

  void upsert(PointStruct point) {
    point
        .getVectors()
        .getVectors()
        .getVectorsMap()
        .forEach((name, vector) -> {
          if (vector.hasDense()) {
            expectSize(name, vector.getDense().getDataCount());
          } else if (!made.getSparseVectorsConfig().containsMap(name)) {
            throw wrong("Not existing vector name error: " + name);
          }
        });
    points.put(point.getId(), point);
  }

  List<PointStruct> where(Filter filter) {
    return points.values().stream().filter(point -> FakeFilter.fits(filter, point)).toList();
  }

  List<Scored> nearest(VectorInput asked, String using, Filter filter, long limit) {
    List<Scored> scored = new ArrayList<>();
    Map<Integer, Double> weights = asked.hasSparse() ? weights(asked.getSparse(), using) : Map.of();
    if (asked.hasDense()) {
      expectSize(using, asked.getDense().getDataCount());
    }
    for (PointStruct point : where(filter)) {
      Vector vector = point.getVectors().getVectors().getVectorsMap().get(using);
      if (vector != null && asked.hasDense()) {
        scored.add(new Scored(point, cosine(asked.getDense(), vector.getDense())));
      } else if (vector != null && shares(weights, vector.getSparse())) {
        scored.add(new Scored(point, dot(weights, vector.getSparse())));
      }
    }
    scored.sort(Comparator.comparingDouble(Scored::score).reversed());
    return scored.subList(0, (int) Math.min(limit, scored.size()));
  }

  /** The values asked for, times how rare each is: ln(1 + (n - df + 0.5) / (df + 0.5)). */
  private Map<Integer, Double> weights(SparseVector asked, String using) {
    SparseVectorParams params = made.getSparseVectorsConfig().getMapOrThrow(using);
    List<SparseVector> all =
        points.values().stream()
            .map(point -> point.getVectors().getVectors().getVectorsMap().get(using))
            .filter(java.util.Objects::nonNull)
            .map(Vector::getSparse)
            .toList();
    Map<Integer, Double> weights = new HashMap<>();
    for (int i = 0; i < asked.getIndicesCount(); i++) {
      int index = asked.getIndices(i);
      long having = all.stream().filter(it -> it.getIndicesList().contains(index)).count();
      double rarity =
          params.getModifier() == Modifier.Idf
              ? Math.log(1 + (all.size() - having + 0.5) / (having + 0.5))
              : 1;
      weights.put(index, asked.getValues(i) * rarity);
    }
    return weights;
  }

  private static boolean shares(Map<Integer, Double> weights, SparseVector vector) {
    return vector.getIndicesList().stream().anyMatch(weights::containsKey);
  }

  private static double dot(Map<Integer, Double> weights, SparseVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.getIndicesCount(); i++) {
      sum += weights.getOrDefault(vector.getIndices(i), 0.0) * vector.getValues(i);
    }
    return sum;
  }

  private static double cosine(DenseVector a, DenseVector b) {
    double dot = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.getDataCount(); i++) {
      dot += a.getData(i) * b.getData(i);
      first += a.getData(i) * a.getData(i);
      second += b.getData(i) * b.getData(i);
    }
    return dot / Math.sqrt(first * second);
  }

  private void expectSize(String name, int size) {
    var params = made.getVectorsConfig().getParamsMap().getMapMap().get(name);
    if (params == null) {
      throw wrong("Not existing vector name error: " + name);
    }
    if (params.getSize() != size) {
      throw wrong("Vector dimension error: expected dim: " + params.getSize() + ", got " + size);
    }
  }

  private static RuntimeException wrong(String message) {
    return Status.INVALID_ARGUMENT.withDescription("Wrong input: " + message).asRuntimeException();
  }
}
