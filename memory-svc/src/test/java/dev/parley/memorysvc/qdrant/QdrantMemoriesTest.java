package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.recollection.MemoriesContract;
import dev.parley.memorysvc.vectors.VectorStore;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

class QdrantMemoriesTest extends MemoriesContract {
  private FakeQdrant qdrant;

  @Override
  protected VectorStore open() throws Exception {
    qdrant = FakeQdrant.start();
    return QdrantVectorStore.at(qdrant.address(), Optional.empty());
  }

  @AfterEach
  void stopServer() throws Exception {
    qdrant.close();
  }
}
