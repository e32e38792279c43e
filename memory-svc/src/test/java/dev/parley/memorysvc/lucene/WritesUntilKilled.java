package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.VectorSpace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts one point after another and says how many were acknowledged. */
final class WritesUntilKilled {
  static final CollectionKey KEY = new CollectionKey("test-acme", "notes");

  private WritesUntilKilled() {}

  /** The folder, and after which pause segments are merged. */
  public static void main(String[] arguments) {
    LuceneVectorStore store =
        LuceneVectorStore.open(Path.of(arguments[0]), Duration.parse(arguments[1]));
    store.create(KEY, new VectorSpace(2, "test", true));
    for (int i = 1; ; i++) {
      Optional<Vector> vector = Optional.of(Vector.of(1, i));
      store.upsert(KEY, List.of(new Point("p" + i, vector, "words", List.of())));
      System.out.println(i);
    }
  }
}
