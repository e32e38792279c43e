package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.vectors.VectorStore;
import dev.parley.memorysvc.vectors.VectorStoreContract;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against the server that {@code QDRANT_URL} names, its gRPC port; its collections of ours go. */
@EnabledIfEnvironmentVariable(named = "QDRANT_URL", matches = "https?://.+")
class RealQdrantTest extends VectorStoreContract {
  @Override
  protected VectorStore open() {
    return QdrantVectorStore.at(
        URI.create(System.getenv("QDRANT_URL")), Optional.ofNullable(System.getenv("QDRANT_KEY")));
  }
}
