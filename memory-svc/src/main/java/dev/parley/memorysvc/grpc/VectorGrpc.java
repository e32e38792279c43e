package dev.parley.memorysvc.grpc;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.memory.v1.ClusterMethod;
import dev.parley.memory.v1.ClusterPointsRequest;
import dev.parley.memory.v1.ClusterPointsResponse;
import dev.parley.memory.v1.CreateVectorCollectionRequest;
import dev.parley.memory.v1.CreateVectorCollectionResponse;
import dev.parley.memory.v1.DeletePointsRequest;
import dev.parley.memory.v1.DeletePointsResponse;
import dev.parley.memory.v1.DeleteVectorCollectionRequest;
import dev.parley.memory.v1.DeleteVectorCollectionResponse;
import dev.parley.memory.v1.ListVectorCollectionsRequest;
import dev.parley.memory.v1.ListVectorCollectionsResponse;
import dev.parley.memory.v1.QueryPointsRequest;
import dev.parley.memory.v1.QueryPointsResponse;
import dev.parley.memory.v1.SnapshotVectorCollectionRequest;
import dev.parley.memory.v1.SnapshotVectorCollectionResponse;
import dev.parley.memory.v1.UpsertPointsRequest;
import dev.parley.memory.v1.UpsertPointsResponse;
import dev.parley.memory.v1.VectorCollection;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.memorysvc.vectors.Clustering;
import dev.parley.memorysvc.vectors.Clusters;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.StoredCollection;
import dev.parley.memorysvc.vectors.VectorCollections;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** How collections are reached: translates between the contract and {@link VectorCollections}. */
public final class VectorGrpc extends VectorServiceGrpc.VectorServiceImplBase {
  private static final String OURS = "parley-";
  private static final int LISTED = 50;

  private static final int GROUPS = 8;
  private static final int MIN_SIZE = 5;

  private final VectorCollections collections;
  private final Clusters clusters;

  /** Answers from these collections. */
  public VectorGrpc(VectorCollections collections, Clusters clusters) {
    this.collections = collections;
    this.clusters = clusters;
  }

  @Override
  public void createVectorCollection(
      CreateVectorCollectionRequest request,
      StreamObserver<CreateVectorCollectionResponse> answer) {
    VectorCollection wanted = request.getCollection();
    OptionalInt dimensions =
        wanted.getDimensions() == 0 ? OptionalInt.empty() : OptionalInt.of(wanted.getDimensions());
    StoredCollection made = collections.create(key(wanted.getId()), dimensions, wanted.getModel());
    send(
        answer,
        CreateVectorCollectionResponse.newBuilder()
            .setCollection(PointMessages.collection(made))
            .build());
  }

  @Override
  public void listVectorCollections(
      ListVectorCollectionsRequest request, StreamObserver<ListVectorCollectionsResponse> answer) {
    Caller caller = Caller.current();
    int size = request.getPageSize() == 0 ? LISTED : request.getPageSize();
    List<StoredCollection> left =
        collections.list(caller.owner().organisationId()).stream()
            .filter(it -> !caller.outside() || !it.key().id().startsWith(OURS))
            .filter(it -> it.key().id().compareTo(request.getPageToken()) > 0)
            .toList();
    ListVectorCollectionsResponse.Builder page = ListVectorCollectionsResponse.newBuilder();
    left.stream().limit(size).map(PointMessages::collection).forEach(page::addCollections);
    if (left.size() > size) {
      page.setNextPageToken(left.get(size - 1).key().id());
    }
    send(answer, page.build());
  }

  @Override
  public void deleteVectorCollection(
      DeleteVectorCollectionRequest request,
      StreamObserver<DeleteVectorCollectionResponse> answer) {
    collections.drop(key(request.getCollectionId()));
    send(answer, DeleteVectorCollectionResponse.getDefaultInstance());
  }

  @Override
  public void snapshotVectorCollection(
      SnapshotVectorCollectionRequest request,
      StreamObserver<SnapshotVectorCollectionResponse> answer) {
    String where = collections.snapshot(anyKey(request.getCollectionId()));
    send(answer, SnapshotVectorCollectionResponse.newBuilder().setLocation(where).build());
  }

  @Override
  public void upsertPoints(
      UpsertPointsRequest request, StreamObserver<UpsertPointsResponse> answer) {
    collections.upsert(
        key(request.getCollectionId()), PointMessages.points(request.getPointsList()));
    send(answer, UpsertPointsResponse.newBuilder().setCount(request.getPointsCount()).build());
  }

  @Override
  public void deletePoints(
      DeletePointsRequest request, StreamObserver<DeletePointsResponse> answer) {
    List<Condition> conditions =
        new ArrayList<>(PointMessages.conditions(request.getConditionsList()));
    if (request.getPointIdsCount() > 0) {
      conditions.add(new Condition.AnyId(Set.copyOf(request.getPointIdsList())));
    }
    if (conditions.isEmpty()) {
      throw Failure.invalid("point_ids", "none (expected ids or at least one condition)");
    }
    long count = collections.remove(key(request.getCollectionId()), conditions);
    send(answer, DeletePointsResponse.newBuilder().setCount(count).build());
  }

  @Override
  public void queryPoints(QueryPointsRequest request, StreamObserver<QueryPointsResponse> answer) {
    Found found =
        collections.query(key(request.getCollectionId()), PointMessages.question(request));
    QueryPointsResponse.Builder response = QueryPointsResponse.newBuilder();
    found.hits().forEach(hit -> response.addHits(PointMessages.hit(hit)));
    found.leftOut().stream()
        .map(leg -> leg.name().toLowerCase(java.util.Locale.ROOT))
        .sorted()
        .forEach(response::addLeftOut);
    send(answer, response.build());
  }

  @Override
  public void clusterPoints(
      ClusterPointsRequest request, StreamObserver<ClusterPointsResponse> answer) {
    CollectionKey key = key(request.getCollectionId());
    List<Condition> conditions = PointMessages.conditions(request.getConditionsList());
    Clustering clustering =
        request.getMethod() == ClusterMethod.CLUSTER_METHOD_K_MEANS
            ? clusters.kMeans(key, conditions, atLeastTwo("groups", request.getGroups(), GROUPS))
            : clusters.byDensity(
                key, conditions, atLeastTwo("min_size", request.getMinSize(), MIN_SIZE));
    send(answer, PointMessages.clustering(clustering));
  }

  private static int atLeastTwo(String field, int value, int otherwise) {
    if (value == 1) {
      throw Failure.invalid(field, "1 (expected 2 to 1000)");
    }
    return value == 0 ? otherwise : value;
  }

  /** The collection of the caller's organisation; the product's own are refused from outside. */
  private static CollectionKey key(String id) {
    if (Caller.current().outside() && id.startsWith(OURS)) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED,
          "FORBIDDEN",
          "collection " + id + " is the product's own (expected an id without " + OURS + ")");
    }
    return anyKey(id);
  }

  private static CollectionKey anyKey(String id) {
    try {
      return new CollectionKey(Caller.current().owner().organisationId(), id);
    } catch (IllegalArgumentException e) {
      throw Failure.invalid("collection_id", e.getMessage());
    }
  }

  private static <T> void send(StreamObserver<T> answer, T message) {
    answer.onNext(message);
    answer.onCompleted();
  }
}
