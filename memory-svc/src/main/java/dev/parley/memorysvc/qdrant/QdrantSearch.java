package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.Fusion;
import dev.parley.memorysvc.vectors.Leg;
import dev.parley.memorysvc.vectors.PointHit;
import dev.parley.memorysvc.vectors.PointQuery;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * One question to the server. Both ways are fused there; beside the fused list each way's own is
 * asked for, which says why a hit stands where it does, and answers alone when the other is late.
 */
final class QdrantSearch {
  /** The server counts places from 0. */
  private static final int RRF_K = Fusion.K + 1;

  private final QdrantClient client;
  private final String collection;
  private final PointQuery query;
  private final Filter filter;
  private final Map<Leg, Query> legs = new EnumMap<>(Leg.class);

  QdrantSearch(QdrantClient client, String collection, PointQuery query) {
    this.client = client;
    this.collection = collection;
    this.query = query;
    this.filter = Filters.all(query.conditions());
    query.vector().ifPresent(it -> legs.put(Leg.DENSE, QueryFactory.nearest(it.values())));
    SparseWords words = SparseWords.asked(query.words());
    if (!words.isEmpty()) {
      legs.put(Leg.LEXICAL, QueryFactory.nearest(words.values(), words.indices()));
    }
  }

  Found run() {
    if (query.deadline().isOver()) {
      return new Found(List.of(), asked());
    }
    boolean both = legs.size() == 2;
    Optional<Future<List<ScoredPoint>>> fused =
        both ? Optional.of(client.queryAsync(fused())) : Optional.empty();
    Map<Leg, Future<List<ScoredPoint>>> alone = new EnumMap<>(Leg.class);
    legs.forEach((leg, nearest) -> alone.put(leg, client.queryAsync(alone(leg, nearest))));
    Optional<List<ScoredPoint>> order = fused.flatMap(this::answer);
    Map<Leg, List<ScoredPoint>> lists = new EnumMap<>(Leg.class);
    alone.forEach((leg, call) -> answer(call).ifPresent(list -> lists.put(leg, list)));
    return order.map(list -> explained(list, lists)).orElseGet(() -> partial(lists));
  }

  private Set<Leg> asked() {
    Set<Leg> asked = EnumSet.noneOf(Leg.class);
    query.vector().ifPresent(it -> asked.add(Leg.DENSE));
    if (!query.words().isBlank()) {
      asked.add(Leg.LEXICAL);
    }
    return asked;
  }

  private Optional<List<ScoredPoint>> answer(Future<List<ScoredPoint>> call) {
    return Calls.within(
        call,
        query.deadline().left().compareTo(Calls.PATIENCE) < 0
            ? query.deadline().left()
            : Calls.PATIENCE);
  }

  private QueryPoints fused() {
    QueryPoints.Builder request = request(query.limit());
    legs.forEach((leg, nearest) ->
        request.addPrefetch(
            PrefetchQuery.newBuilder()
                .setQuery(nearest)
                .setUsing(name(leg))
                .setFilter(filter)
                .setLimit(query.candidates())));
    return request.setQuery(QueryFactory.rrf(Rrf.newBuilder().setK(RRF_K).build())).build();
  }

  private QueryPoints alone(Leg leg, Query nearest) {
    int wanted = legs.size() == 2 ? query.candidates() : query.limit();
    return request(wanted).setQuery(nearest).setUsing(name(leg)).setFilter(filter).build();
  }

  private QueryPoints.Builder request(int limit) {
    return QueryPoints.newBuilder()
        .setCollectionName(collection)
        .setLimit(limit)
        .setWithPayload(WithPayloadSelectorFactory.enable(true))
        .setWithVectors(WithVectorsSelectorFactory.include(List.of(Payloads.DENSE)));
  }

  private static String name(Leg leg) {
    return leg == Leg.DENSE ? Payloads.DENSE : Payloads.WORDS;
  }

  /** Both ways were fused; lists that are late explain nothing but leave nothing out. */
  private Found explained(List<ScoredPoint> order, Map<Leg, List<ScoredPoint>> lists) {
    Map<PointId, Integer> dense = places(lists.getOrDefault(Leg.DENSE, List.of()));
    List<ScoredPoint> lexical = lists.getOrDefault(Leg.LEXICAL, List.of());
    Map<PointId, Integer> words = places(lexical);
    List<PointHit> hits = new ArrayList<>();
    for (ScoredPoint point : order) {
      int place = words.getOrDefault(point.getId(), 0);
      double bm25 = place == 0 ? 0 : lexical.get(place - 1).getScore();
      hits.add(
          new PointHit(
              Payloads.point(point.getPayloadMap()),
              point.getScore(),
              cosine(point),
              dense.getOrDefault(point.getId(), 0),
              bm25,
              place));
    }
    return new Found(hits, Set.of());
  }

  /** One way, because there is one or because the other is late. */
  private Found partial(Map<Leg, List<ScoredPoint>> lists) {
    Set<Leg> leftOut = EnumSet.noneOf(Leg.class);
    legs.keySet().stream().filter(leg -> !lists.containsKey(leg)).forEach(leftOut::add);
    boolean dense = lists.containsKey(Leg.DENSE);
    List<ScoredPoint> list =
        lists.getOrDefault(dense ? Leg.DENSE : Leg.LEXICAL, List.<ScoredPoint>of());
    List<PointHit> hits = new ArrayList<>();
    for (ScoredPoint point : list.subList(0, Math.min(query.limit(), list.size()))) {
      int place = hits.size() + 1;
      double score = legs.size() == 2 ? Fusion.worth(place) : point.getScore();
      hits.add(
          new PointHit(
              Payloads.point(point.getPayloadMap()),
              score,
              dense ? cosine(point) : 0,
              dense ? place : 0,
              dense ? 0 : point.getScore(),
              dense ? 0 : place));
    }
    return new Found(hits, leftOut);
  }

  private double cosine(ScoredPoint point) {
    Optional<Vector> asked = query.vector();
    Optional<Vector> there = Payloads.vector(point.getVectors());
    return asked.isPresent() && there.isPresent() ? asked.get().cosine(there.get()) : 0;
  }

  private static Map<PointId, Integer> places(List<ScoredPoint> list) {
    Map<PointId, Integer> places = new HashMap<>();
    for (ScoredPoint point : list) {
      places.put(point.getId(), places.size() + 1);
    }
    return places;
  }
}
