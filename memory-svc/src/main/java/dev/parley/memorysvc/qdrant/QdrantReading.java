package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Point;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Points of the server as they lie there, in its order or by a number. */
final class QdrantReading {
  private final QdrantClient client;

  QdrantReading(QdrantClient client) {
    this.client = client;
  }

  long count(CollectionKey key, Filter filter) {
    return Calls.again(() -> client.countAsync(Names.alias(key), filter, true));
  }

  List<Point> scan(CollectionKey key, List<Condition> conditions, String after, int limit) {
    ScrollPoints.Builder request =
        ScrollPoints.newBuilder()
            .setCollectionName(Names.alias(key))
            .setFilter(Filters.all(conditions))
            .setLimit(limit + 1)
            .setWithPayload(WithPayloadSelectorFactory.enable(true))
            .setWithVectors(WithVectorsSelectorFactory.include(List.of(Payloads.DENSE)));
    if (!after.isEmpty()) {
      request.setOffset(PointIdFactory.id(Names.point(after)));
    }
    return Calls.again(() -> client.scrollAsync(request.build())).getResultList().stream()
        .map(QdrantReading::point)
        .filter(point -> !point.id().equals(after))
        .limit(limit)
        .toList();
  }

  List<Point> largest(
      CollectionKey key, List<Condition> conditions, String name, long below, int limit) {
    List<Point> found = largest(key, conditions, name, Optional.empty(), below, limit);
    if (found.size() < limit) {
      return found;
    }
    Optional<Long> last = Optional.of(found.getLast().whole(name));
    int all = Math.toIntExact(count(key, within(conditions, name, last, below)));
    return largest(key, conditions, name, last, below, all);
  }

  private List<Point> largest(
      CollectionKey key,
      List<Condition> conditions,
      String name,
      Optional<Long> atLeast,
      long below,
      int limit) {
    ScrollPoints request =
        ScrollPoints.newBuilder()
            .setCollectionName(Names.alias(key))
            .setFilter(within(conditions, name, atLeast, below))
            .setOrderBy(
                OrderBy.newBuilder().setKey(Payloads.whole(name)).setDirection(Direction.Desc))
            .setLimit(Math.max(1, limit))
            .setWithPayload(WithPayloadSelectorFactory.enable(true))
            .build();
    return Calls.again(() -> client.scrollAsync(request)).getResultList().stream()
        .map(it -> Payloads.point(it.getPayloadMap()))
        .toList();
  }

  private static Filter within(
      List<Condition> conditions, String name, Optional<Long> atLeast, long below) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(new Condition.InRange(name, atLeast, Optional.of(below)));
    return Filters.all(all);
  }

  private static Point point(RetrievedPoint found) {
    Point bare = Payloads.point(found.getPayloadMap());
    return Payloads.vector(found.getVectors()).map(bare::with).orElse(bare);
  }

  Set<String> existing(CollectionKey key, Set<String> ids) {
    var wanted = ids.stream().map(Names::point).map(PointIdFactory::id).toList();
    return Calls.again(() -> client.retrieveAsync(Names.alias(key), wanted, true, false, null))
        .stream()
        .map(found -> Payloads.text(found.getPayloadMap(), Payloads.ID))
        .collect(Collectors.toUnmodifiableSet());
  }
}
