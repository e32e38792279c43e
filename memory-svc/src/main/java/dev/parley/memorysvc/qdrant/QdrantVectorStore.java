package dev.parley.memorysvc.qdrant;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Found;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.PointQuery;
import dev.parley.memorysvc.vectors.StoredCollection;
import dev.parley.memorysvc.vectors.VectorSpace;
import dev.parley.memorysvc.vectors.VectorStore;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.UpsertPoints;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collections in a Qdrant server, 1.16 or later: dense vectors by cosine, sparse ones for BM25 with
 * the server's IDF, fused by the server. A collection is reached by an alias, so several replicas
 * of the service may use one server. Writes wait until they are applied. Blocks; thread-safe.
 */
public final class QdrantVectorStore implements VectorStore {
  /** Points in one message: with long texts it stays below what the server accepts. */
  private static final int BATCH = 250;

  private static final Duration PROBE = Duration.ofMillis(800);
  private static final int PORT = 6334;

  private final QdrantClient client;
  private final QdrantCatalog catalog;
  private final QdrantReading reading;

  private QdrantVectorStore(QdrantClient client, QdrantForm form) {
    this.client = client;
    this.catalog = new QdrantCatalog(client, form);
    this.reading = new QdrantReading(client);
  }

  /**
   * A store in the server at an address, which need not be there yet.
   *
   * @param address {@code http://host:port} or {@code https://...} of its gRPC port, 6334 when none
   *     is given
   * @param key its API key, if it wants one
   */
  public static QdrantVectorStore at(URI address, Optional<String> key) {
    return at(address, key, new QdrantForm(QdrantForm.THIS_FORM));
  }

  static QdrantVectorStore at(URI address, Optional<String> key, QdrantForm form) {
    boolean tls = "https".equals(address.getScheme());
    if (address.getHost() == null || !(tls || "http".equals(address.getScheme()))) {
      throw Failure.invalid(
          "memory.qdrant-url", address + " (expected http://host:port or https://host:port)");
    }
    int port = address.getPort() < 0 ? PORT : address.getPort();
    QdrantGrpcClient.Builder builder =
        QdrantGrpcClient.newBuilder(address.getHost(), port, tls, false)
            .withTimeout(Calls.PATIENCE);
    key.ifPresent(builder::withApiKey);
    return new QdrantVectorStore(new QdrantClient(builder.build()), form);
  }

  @Override
  public boolean isOutdated(CollectionKey key) {
    return catalog.isOutdated(key);
  }

  @Override
  public void create(CollectionKey key, VectorSpace space) {
    catalog.create(key, space);
  }

  @Override
  public Optional<StoredCollection> find(CollectionKey key) {
    try {
      return Optional.of(stored(key));
    } catch (Failure e) {
      if (e.code() == Failure.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public VectorSpace space(CollectionKey key) {
    return catalog.space(key);
  }

  @Override
  public List<StoredCollection> list(String organisation) {
    return listAll().stream()
        .filter(it -> it.key().organisation().equals(organisation) && !it.key().isShadow())
        .toList();
  }

  @Override
  public List<StoredCollection> listAll() {
    return catalog.all().keySet().stream()
        .sorted(Comparator.comparing(CollectionKey::organisation).thenComparing(CollectionKey::id))
        .flatMap(key -> find(key).stream())
        .toList();
  }

  private StoredCollection stored(CollectionKey key) {
    VectorSpace space = catalog.space(key);
    return new StoredCollection(key, space, reading.count(key, Filter.getDefaultInstance()));
  }

  @Override
  public boolean drop(CollectionKey key) {
    return catalog.drop(key);
  }

  @Override
  public void swap(CollectionKey by, CollectionKey replaced) {
    catalog.swap(by, replaced);
  }

  @Override
  public void upsert(CollectionKey key, List<Point> points) {
    VectorSpace space = catalog.space(key);
    points.forEach(
        point -> point.vector().ifPresent(it -> expectDimensions(space, it.dimensions())));
    catalog.index(key, points);
    for (int from = 0; from < points.size(); from += BATCH) {
      List<Point> part = points.subList(from, Math.min(from + BATCH, points.size()));
      UpsertPoints request =
          UpsertPoints.newBuilder()
              .setCollectionName(Names.alias(key))
              .setWait(true)
              .addAllPoints(part.stream().map(Payloads::struct).toList())
              .build();
      Calls.again(() -> client.upsertAsync(request));
    }
  }

  @Override
  public void replace(CollectionKey key, List<Condition> conditions, List<Point> points) {
    expectSome(conditions);
    upsert(key, points);
    Filter.Builder old = Filters.all(conditions).toBuilder();
    if (!points.isEmpty()) {
      old.addMustNot(Filters.ids(points.stream().map(Point::id).toList()));
    }
    delete(key, old.build());
  }

  @Override
  public long remove(CollectionKey key, List<Condition> conditions) {
    expectSome(conditions);
    Filter filter = Filters.all(conditions);
    long count = reading.count(key, filter);
    if (count > 0) {
      delete(key, filter);
    }
    return count;
  }

  private void delete(CollectionKey key, Filter filter) {
    Calls.again(() -> client.deleteAsync(Names.alias(key), filter));
  }

  /** The server's optimizer does it by itself once a hundredth of a segment was removed. */
  @Override
  public void erase(CollectionKey key) {
    catalog.space(key);
  }

  @Override
  public Found query(CollectionKey key, PointQuery query) {
    VectorSpace space = catalog.space(key);
    query.vector().ifPresent(it -> expectDimensions(space, it.dimensions()));
    return new QdrantSearch(client, Names.alias(key), query).run();
  }

  @Override
  public List<Point> scan(CollectionKey key, List<Condition> conditions, String after, int limit) {
    return reading.scan(key, conditions, after, limit);
  }

  @Override
  public List<Point> largest(
      CollectionKey key, List<Condition> conditions, String name, long below, int limit) {
    return catalog.isIndexed(key, Payloads.whole(name))
        ? reading.largest(key, conditions, name, below, limit)
        : List.of();
  }

  @Override
  public Set<String> existing(CollectionKey key, Set<String> ids) {
    return reading.existing(key, ids);
  }

  /** In the server, under the name that is given back. */
  @Override
  public String snapshot(CollectionKey key) {
    String name = catalog.at(key);
    return name + "/" + Calls.once(client.createSnapshotAsync(name)).getName();
  }

  @Override
  public String engine() {
    return "qdrant";
  }

  @Override
  public boolean isHealthy() {
    try {
      return Calls.within(client.healthCheckAsync(PROBE), PROBE).isPresent();
    } catch (Failure e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static void expectSome(List<Condition> conditions) {
    if (conditions.isEmpty()) {
      throw Failure.invalid("conditions", "none (expected at least one)");
    }
  }

  private static void expectDimensions(VectorSpace space, int dimensions) {
    if (dimensions != space.dimensions()) {
      throw Failure.invalid(
          "vector", dimensions + " numbers (expected " + space.dimensions() + ")");
    }
  }
}
