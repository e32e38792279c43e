package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.recollection.VectorIndexContract;
import java.nio.file.Path;
import java.util.List;

/** Puts one memory after another and says how many were acknowledged. */
final class WritesUntilKilled extends VectorIndexContract {
  private final Path folder;

  private WritesUntilKilled(Path folder) {
    this.folder = folder;
  }

  @Override
  protected LuceneVectorIndex open() {
    return LuceneVectorIndex.open(folder, "test", DIMENSIONS);
  }

  /** The folder. */
  public static void main(String[] arguments) {
    new WritesUntilKilled(Path.of(arguments[0])).run();
  }

  private void run() {
    LuceneVectorIndex kept = open();
    for (int i = 1; ; i++) {
      kept.put(List.of(entry(ANN, "m" + i, "ada", "s1", vector(1, i))));
      System.out.println(i);
    }
  }
}
