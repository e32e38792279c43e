package dev.parley.memorysvc.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.VectorStore;
import dev.parley.memorysvc.vectors.VectorStoreContract;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server in memory that speaks the real protocol. */
class QdrantVectorStoreTest extends VectorStoreContract {
  private Optional<FakeQdrant> qdrant = Optional.empty();

  @Override
  protected VectorStore open() throws Exception {
    if (qdrant.isEmpty()) {
      qdrant = Optional.of(FakeQdrant.start());
    }
    return QdrantVectorStore.at(qdrant.get().address(), Optional.of("a key"));
  }

  @AfterEach
  void stopServer() throws Exception {
    qdrant.orElseThrow().close();
  }

  @Test
  void whatCanBeFilteredByIsIndexedInTheServer() {
    conditionsNarrowBothWays();
    assertThat(qdrant.orElseThrow().collections.values())
        .singleElement()
        .satisfies(it ->
            assertThat(it.indexes().keySet()).containsExactlyInAnyOrder("k.colour", "w.page"));
  }

  @Test
  void collectionsOfOthersInTheServerAreLeftAlone() {
    qdrant
        .orElseThrow()
        .aliases
        .put("theirs", qdrant.orElseThrow().aliases.values().iterator().next());
    assertThat(store.listAll()).hasSize(1);
  }

  @Test
  void aServerThatIsGoneIsUnhealthyAndSaysSo() throws Exception {
    assertThat(store.isHealthy()).isTrue();
    qdrant.orElseThrow().close();
    assertThat(store.isHealthy()).isFalse();
    assertThatThrownBy(() -> store.upsert(NOTES, List.of(at("a", 1, 0))))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("STORE_FAILED"));
  }

  @Test
  void anAddressWithoutAHostIsRefused() {
    assertThatThrownBy(() -> QdrantVectorStore.at(URI.create("qdrant:6334"), Optional.empty()))
        .hasMessageContaining("memory.qdrant-url");
  }
}
