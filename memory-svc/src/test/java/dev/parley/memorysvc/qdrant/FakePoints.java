package dev.parley.memorysvc.qdrant;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.Direction;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.OrderBy;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.PointsGrpc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Points of the server in memory. Writes that do not wait are refused: nothing of ours may. */
final class FakePoints extends PointsGrpc.PointsImplBase {
  private final FakeQdrant qdrant;

  FakePoints(FakeQdrant qdrant) {
    this.qdrant = qdrant;
  }

  @Override
  public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          expectWait(request.getWait());
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          request.getPointsList().forEach(collection::upsert);
          return done();
        });
  }

  @Override
  public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          expectWait(request.getWait());
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          collection
              .where(request.getPoints().getFilter())
              .forEach(point -> collection.points().remove(point.getId()));
          return done();
        });
  }

  @Override
  public void get(GetPoints request, StreamObserver<GetResponse> out) {
    qdrant.answer(
        out,
        () -> {
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          GetResponse.Builder response = GetResponse.newBuilder();
          for (PointId id : request.getIdsList()) {
            if (collection.points().containsKey(id)) {
              response.addResult(retrieved(collection.points().get(id)));
            }
          }
          return response.build();
        });
  }

  @Override
  public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> out) {
    qdrant.answer(
        out,
        () -> {
          ScrollResponse.Builder response = ScrollResponse.newBuilder();
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          List<PointStruct> fitting = new ArrayList<>(collection.where(request.getFilter()));
          if (request.hasOrderBy()) {
            order(collection, request.getOrderBy(), fitting);
          }
          fitting.stream()
              .filter(it ->
                  !request.hasOffset()
                      || it.getId().getUuid().compareTo(request.getOffset().getUuid()) >= 0)
              .limit(request.getLimit())
              .forEach(point -> response.addResult(retrieved(point)));
          return response.build();
        });
  }

  /** The server orders by fields with an index for ranges only, and drops points without them. */
  private static void order(FakeCollection collection, OrderBy by, List<PointStruct> points) {
    if (collection.indexes().get(by.getKey()) != PayloadSchemaType.Integer) {
      throw Status.INVALID_ARGUMENT
          .withDescription("Wrong input: No range index for `order_by` key: " + by.getKey())
          .asRuntimeException();
    }
    points.removeIf(it -> FakeFilter.at(it, by.getKey()).findAny().isEmpty());
    Comparator<PointStruct> rising =
        Comparator.comparingLong(
            it -> FakeFilter.at(it, by.getKey()).findFirst().orElseThrow().getIntegerValue());
    points.sort(by.getDirection() == Direction.Desc ? rising.reversed() : rising);
  }

  @Override
  public void count(CountPoints request, StreamObserver<CountResponse> out) {
    qdrant.answer(
        out,
        () -> {
          int count =
              qdrant.collection(request.getCollectionName()).where(request.getFilter()).size();
          return CountResponse.newBuilder()
              .setResult(CountResult.newBuilder().setCount(count))
              .build();
        });
  }

  @Override
  public void createFieldIndex(
      CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> out) {
    qdrant.answer(
        out,
        () -> {
          PayloadSchemaType type =
              switch (request.getFieldType()) {
                case FieldTypeKeyword -> PayloadSchemaType.Keyword;
                case FieldTypeInteger -> PayloadSchemaType.Integer;
                default -> throw Status.UNIMPLEMENTED.asRuntimeException();
              };
          qdrant
              .collection(request.getCollectionName())
              .indexes()
              .put(request.getFieldName(), type);
          return done();
        });
  }

  @Override
  public void query(QueryPoints request, StreamObserver<QueryResponse> out) {
    qdrant.answer(
        out,
        () -> {
          FakeCollection collection = qdrant.collection(request.getCollectionName());
          List<FakeCollection.Scored> found =
              request.getPrefetchCount() > 0
                  ? fused(collection, request)
                  : collection.nearest(
                      request.getQuery().getNearest(),
                      request.getUsing(),
                      request.getFilter(),
                      request.getLimit());
          QueryResponse.Builder response = QueryResponse.newBuilder();
          found.forEach(it -> response.addResult(scored(it)));
          return response.build();
        });
  }

  /** Reciprocal ranks, with places from 0. */
  private static List<FakeCollection.Scored> fused(FakeCollection collection, QueryPoints asked) {
    Map<PointStruct, Double> worth = new LinkedHashMap<>();
    for (PrefetchQuery part : asked.getPrefetchList()) {
      int place = 0;
      for (FakeCollection.Scored it :
          collection.nearest(
              part.getQuery().getNearest(), part.getUsing(), part.getFilter(), part.getLimit())) {
        worth.merge(it.point(), 1.0 / (asked.getQuery().getRrf().getK() + place++), Double::sum);
      }
    }
    List<FakeCollection.Scored> fused = new ArrayList<>();
    worth.forEach((point, score) -> fused.add(new FakeCollection.Scored(point, score)));
    fused.sort((a, b) -> Double.compare(b.score(), a.score()));
    return fused.subList(0, (int) Math.min(asked.getLimit(), fused.size()));
  }

  private static ScoredPoint scored(FakeCollection.Scored it) {
    return ScoredPoint.newBuilder()
        .setId(it.point().getId())
        .putAllPayload(it.point().getPayloadMap())
        .setScore((float) it.score())
        .setVectors(vectors(it.point()))
        .build();
  }

  private static RetrievedPoint retrieved(PointStruct point) {
    return RetrievedPoint.newBuilder()
        .setId(point.getId())
        .putAllPayload(point.getPayloadMap())
        .setVectors(vectors(point))
        .build();
  }

  private static VectorsOutput vectors(PointStruct point) {
    NamedVectorsOutput.Builder named = NamedVectorsOutput.newBuilder();
    point
        .getVectors()
        .getVectors()
        .getVectorsMap()
        .forEach((name, vector) -> {
          if (vector.hasDense()) {
            named.putVectors(name, VectorOutput.newBuilder().setDense(vector.getDense()).build());
          }
        });
    return VectorsOutput.newBuilder().setVectors(named).build();
  }

  private static void expectWait(boolean wait) {
    if (!wait) {
      throw Status.FAILED_PRECONDITION.withDescription("wait: false").asRuntimeException();
    }
  }

  private static PointsOperationResponse done() {
    return PointsOperationResponse.newBuilder()
        .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
        .build();
  }
}
