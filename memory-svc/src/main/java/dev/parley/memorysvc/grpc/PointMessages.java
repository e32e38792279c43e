package dev.parley.memorysvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.memory.v1.Attribute;
import dev.parley.memory.v1.ClusterPointsResponse;
import dev.parley.memory.v1.Condition;
import dev.parley.memory.v1.Point;
import dev.parley.memory.v1.PointCluster;
import dev.parley.memory.v1.PointHit;
import dev.parley.memory.v1.QueryPointsRequest;
import dev.parley.memory.v1.VectorCollection;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Clustering;
import dev.parley.memorysvc.vectors.Deadline;
import dev.parley.memorysvc.vectors.Leg;
import dev.parley.memorysvc.vectors.Question;
import dev.parley.memorysvc.vectors.StoredCollection;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Points, conditions and questions, between the contract and the domain. */
final class PointMessages {
  private static final int FOUND = 10;

  /** Of the caller's time this is kept for the way back. */
  private static final Duration WAY_BACK = Duration.ofMillis(5);

  private PointMessages() {}

  static VectorCollection collection(StoredCollection stored) {
    return VectorCollection.newBuilder()
        .setId(stored.key().id())
        .setDimensions(stored.space().dimensions())
        .setModel(stored.space().model())
        .setPointCount(stored.points())
        .build();
  }

  static List<dev.parley.memorysvc.vectors.Point> points(List<Point> points) {
    List<dev.parley.memorysvc.vectors.Point> read = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      read.add(
          new dev.parley.memorysvc.vectors.Point(
              point.getId(),
              vector("points[" + i + "].vector", point.getVectorList()),
              point.getText(),
              point.getAttributesList().stream().map(PointMessages::attribute).toList()));
    }
    return read;
  }

  static List<dev.parley.memorysvc.vectors.Condition> conditions(List<Condition> conditions) {
    List<dev.parley.memorysvc.vectors.Condition> read = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      read.add(condition("conditions[" + i + "]", conditions.get(i)));
    }
    return read;
  }

  static Question question(QueryPointsRequest request) {
    List<Leg> legs =
        switch (request.getMode()) {
          case QUERY_MODE_UNSPECIFIED, UNRECOGNIZED -> List.of();
          case QUERY_MODE_HYBRID -> List.of(Leg.DENSE, Leg.LEXICAL);
          case QUERY_MODE_DENSE -> List.of(Leg.DENSE);
          case QUERY_MODE_LEXICAL -> List.of(Leg.LEXICAL);
        };
    if (legs.contains(Leg.LEXICAL) && request.getText().isBlank()) {
      throw Failure.invalid("text", "empty (expected words for mode " + request.getMode() + ")");
    }
    return new Question(
        vector("vector", request.getVectorList()),
        request.getText(),
        legs,
        conditions(request.getConditionsList()),
        request.getLimit() == 0 ? FOUND : request.getLimit(),
        deadline());
  }

  static PointHit hit(dev.parley.memorysvc.vectors.PointHit hit) {
    return PointHit.newBuilder()
        .setPoint(point(hit.point()))
        .setScore((float) hit.score())
        .setCosine((float) hit.cosine())
        .setDenseRank(hit.denseRank())
        .setBm25((float) hit.bm25())
        .setLexicalRank(hit.lexicalRank())
        .build();
  }

  static ClusterPointsResponse clustering(Clustering clustering) {
    ClusterPointsResponse.Builder response =
        ClusterPointsResponse.newBuilder().addAllOutlierIds(clustering.outliers());
    for (Clustering.Cluster cluster : clustering.clusters()) {
      PointCluster.Builder message = PointCluster.newBuilder().addAllPointIds(cluster.ids());
      for (float value : cluster.centroid().values()) {
        message.addCentroid(value);
      }
      response.addClusters(message);
    }
    return response.build();
  }

  private static Point point(dev.parley.memorysvc.vectors.Point point) {
    Point.Builder message = Point.newBuilder().setId(point.id()).setText(point.text());
    point.attributes().forEach(attribute -> message.addAttributes(attribute(attribute)));
    return message.build();
  }

  private static Optional<Vector> vector(String field, List<Float> values) {
    if (values.isEmpty()) {
      return Optional.empty();
    }
    float[] numbers = new float[values.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.get(i);
    }
    try {
      return Optional.of(Vector.of(numbers));
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(field, e.getMessage());
    }
  }

  private static dev.parley.memorysvc.vectors.Attribute attribute(Attribute attribute) {
    String name = attribute.getName();
    return switch (attribute.getValueCase()) {
      case KEYWORD ->
          new dev.parley.memorysvc.vectors.Attribute.Keyword(name, attribute.getKeyword());
      case INTEGER ->
          new dev.parley.memorysvc.vectors.Attribute.Whole(name, attribute.getInteger());
      case PAYLOAD ->
          new dev.parley.memorysvc.vectors.Attribute.Payload(name, attribute.getPayload());
      case VALUE_NOT_SET ->
          throw Failure.invalid("attributes", name + " (expected a value beside the name)");
    };
  }

  private static Attribute attribute(dev.parley.memorysvc.vectors.Attribute attribute) {
    Attribute.Builder message = Attribute.newBuilder().setName(attribute.name());
    switch (attribute) {
      case dev.parley.memorysvc.vectors.Attribute.Keyword keyword ->
          message.setKeyword(keyword.value());
      case dev.parley.memorysvc.vectors.Attribute.Whole whole -> message.setInteger(whole.value());
      case dev.parley.memorysvc.vectors.Attribute.Payload payload ->
          message.setPayload(payload.value());
    }
    return message.build();
  }

  private static dev.parley.memorysvc.vectors.Condition condition(String field, Condition it) {
    boolean range = it.hasAtLeast() || it.hasLessThan();
    if (range == (it.getAnyKeywordCount() > 0)) {
      throw Failure.invalid(field, "expected either keywords or a range of numbers");
    }
    dev.parley.memorysvc.vectors.Condition positive =
        range
            ? new dev.parley.memorysvc.vectors.Condition.InRange(
                it.getName(),
                it.hasAtLeast() ? Optional.of(it.getAtLeast()) : Optional.empty(),
                it.hasLessThan() ? Optional.of(it.getLessThan()) : Optional.empty())
            : new dev.parley.memorysvc.vectors.Condition.AnyKeyword(
                it.getName(), Set.copyOf(it.getAnyKeywordList()));
    return it.getNot() ? new dev.parley.memorysvc.vectors.Condition.Not(positive) : positive;
  }

  private static Deadline deadline() {
    io.grpc.Deadline given = Context.current().getDeadline();
    return given == null
        ? Deadline.none()
        : Deadline.in(Duration.ofNanos(given.timeRemaining(TimeUnit.NANOSECONDS)).minus(WAY_BACK));
  }
}
