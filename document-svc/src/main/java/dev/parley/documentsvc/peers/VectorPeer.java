package dev.parley.documentsvc.peers;

import dev.parley.documentsvc.library.Chunk;
import dev.parley.documentsvc.library.Document;
import dev.parley.documentsvc.library.Filter;
import dev.parley.documentsvc.library.PassageIndex;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.Attribute;
import dev.parley.memory.v1.Condition;
import dev.parley.memory.v1.CreateVectorCollectionRequest;
import dev.parley.memory.v1.DeletePointsRequest;
import dev.parley.memory.v1.Point;
import dev.parley.memory.v1.PointHit;
import dev.parley.memory.v1.QueryMode;
import dev.parley.memory.v1.QueryPointsRequest;
import dev.parley.memory.v1.UpsertPointsRequest;
import dev.parley.memory.v1.VectorCollection;
import dev.parley.memory.v1.VectorServiceGrpc;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Passages in the vector service, in one collection an organisation that is made when it is first
 * needed. Only what never changes of a document is an attribute there. Thread-safe.
 */
public final class VectorPeer implements PassageIndex {
  private static final String COLLECTION = "parley-documents";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAX_TEXT = 20_000;

  private final Channel channel;

  /** Over that channel. */
  public VectorPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void put(Document document, List<Chunk> chunks) {
    var request = UpsertPointsRequest.newBuilder().setCollectionId(COLLECTION);
    chunks.forEach(it -> request.addPoints(point(document, it)));
    inCollection(document.owner(), () -> stub(PATIENCE).upsertPoints(request.build()));
  }

  private static Point point(Document document, Chunk it) {
    String path = it.headings().isEmpty() ? "" : String.join(" > ", it.headings()) + "\n";
    String text = path + it.text();
    return Point.newBuilder()
        .setId(it.id())
        .setText(text.substring(0, Math.min(MAX_TEXT, text.length())))
        .addAttributes(keyword("document", document.id()))
        .addAttributes(keyword("collection", document.collectionId()))
        .addAttributes(
            Attribute.newBuilder()
                .setName("created")
                .setInteger(document.createTime().toEpochMilli()))
        .build();
  }

  private static Attribute keyword(String name, String value) {
    return Attribute.newBuilder().setName(name).setKeyword(value).build();
  }

  @Override
  public void remove(Owner owner, List<String> chunkIds) {
    var request =
        DeletePointsRequest.newBuilder().setCollectionId(COLLECTION).addAllPointIds(chunkIds);
    inCollection(owner, () -> stub(PATIENCE).deletePoints(request.build()));
  }

  @Override
  public void removeDocument(Owner owner, String documentId) {
    var request =
        DeletePointsRequest.newBuilder()
            .setCollectionId(COLLECTION)
            .addConditions(any("document", List.of(documentId)));
    inCollection(owner, () -> stub(PATIENCE).deletePoints(request.build()));
  }

  @Override
  public Found query(
      Owner owner,
      String text,
      Mode mode,
      Filter filter,
      List<String> documents,
      int limit,
      Duration deadline) {
    var request =
        QueryPointsRequest.newBuilder()
            .setCollectionId(COLLECTION)
            .setText(text)
            .setMode(QueryMode.valueOf("QUERY_MODE_" + mode))
            .addAllConditions(conditions(filter, documents))
            .setLimit(limit)
            .build();
    var answer = inCollection(owner, () -> stub(deadline).queryPoints(request));
    return new Found(
        answer.getHitsList().stream().map(VectorPeer::hit).toList(),
        List.copyOf(answer.getLeftOutList()));
  }

  private static Hit hit(PointHit it) {
    return new Hit(
        it.getPoint().getId(),
        it.getCosine(),
        it.getDenseRank(),
        it.getBm25(),
        it.getLexicalRank());
  }

  private static List<Condition> conditions(Filter filter, List<String> documents) {
    List<Condition> conditions = new ArrayList<>();
    if (!filter.collections().isEmpty()) {
      conditions.add(any("collection", filter.collections()));
    }
    if (!documents.isEmpty()) {
      conditions.add(any("document", documents));
    }
    if (filter.createdAfter().isPresent() || filter.createdBefore().isPresent()) {
      var created = Condition.newBuilder().setName("created");
      filter.createdAfter().map(Instant::toEpochMilli).ifPresent(created::setAtLeast);
      filter.createdBefore().map(VectorPeer::ceiling).ifPresent(created::setLessThan);
      conditions.add(created.build());
    }
    return conditions;
  }

  /** Times there are whole milliseconds; the store of documents compares the rest. */
  private static long ceiling(Instant time) {
    return time.plusNanos(999_999).toEpochMilli();
  }

  private static Condition any(String name, List<String> values) {
    return Condition.newBuilder().setName(name).addAllAnyKeyword(values).build();
  }

  private VectorServiceGrpc.VectorServiceBlockingStub stub(Duration deadline) {
    return VectorServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Makes the collection when the call says that there is none, then calls again. */
  private <T> T inCollection(Owner owner, Supplier<T> call) {
    try {
      return Callers.as(owner, call);
    } catch (Failure e) {
      if (!e.reason().equals("COLLECTION_NOT_FOUND")) {
        throw e;
      }
      makeCollection(owner);
      return Callers.as(owner, call);
    }
  }

  private void makeCollection(Owner owner) {
    var request =
        CreateVectorCollectionRequest.newBuilder()
            .setCollection(VectorCollection.newBuilder().setId(COLLECTION))
            .build();
    try {
      Callers.as(owner, () -> stub(PATIENCE).createVectorCollection(request));
    } catch (Failure e) {
      if (!e.reason().equals("ALREADY_EXISTS")) {
        throw e;
      }
    }
  }
}
