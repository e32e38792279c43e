package dev.parley.memorysvc.lucene;

import dev.parley.memorysvc.vectors.RenewalContract;
import dev.parley.memorysvc.vectors.VectorStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneRenewalTest extends RenewalContract {
  @TempDir Path folder;

  @Override
  protected VectorStore open() {
    return LuceneVectorStore.open(folder);
  }
}
