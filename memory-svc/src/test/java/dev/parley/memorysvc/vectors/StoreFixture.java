package dev.parley.memorysvc.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store for each test, with one empty collection, and what tests say to it. */
abstract class StoreFixture {
  protected static final int DIMENSIONS = 32;
  protected static final String ACME = "test-acme";
  protected static final String GLOBEX = "test Glo bex/../x";
  protected static final CollectionKey NOTES = new CollectionKey(ACME, "notes");
  protected static final VectorSpace SPACE = new VectorSpace(DIMENSIONS, "test", true);

  protected VectorStore store;

  /** A store; the same one when it is opened again in a test. */
  protected abstract VectorStore open() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open();
    ours().forEach(it -> store.drop(it.key()));
    store.create(NOTES, SPACE);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** A real server may hold other people's. */
  protected List<StoredCollection> ours() {
    return store.listAll().stream()
        .filter(it -> Set.of(ACME, GLOBEX).contains(it.key().organisation()))
        .toList();
  }

  protected List<String> ids(List<Condition> conditions) {
    List<String> dense =
        nearest(vector(1, 0), conditions, 100).stream().map(it -> it.point().id()).toList();
    assertThat(store.scan(NOTES, conditions, "", 100)).extracting(Point::id).containsAll(dense);
    return dense;
  }

  protected List<PointHit> nearest(Vector vector, List<Condition> conditions, int limit) {
    return store.query(NOTES, PointQuery.nearest(vector, conditions, limit)).hits();
  }

  protected List<PointHit> lexical(String words, int limit) {
    return store
        .query(NOTES, new PointQuery(Optional.empty(), words, List.of(), limit, Deadline.none()))
        .hits();
  }

  protected static Point at(String id, float x, float y) {
    return point(id, vector(x, y), "");
  }

  protected static Point said(String id, String text) {
    return new Point(id, Optional.empty(), text, List.of());
  }

  protected static Point point(String id, Vector vector, String text) {
    return new Point(id, Optional.of(vector), text, List.of());
  }

  protected static Point tagged(String id, String tag) {
    return new Point(
        id, Optional.of(vector(1, 1)), "words", List.of(new Attribute.Keyword("tag", tag)));
  }

  protected static Vector vector(float x, float y) {
    float[] values = new float[DIMENSIONS];
    values[0] = x;
    values[1] = y;
    return Vector.of(values);
  }
}
