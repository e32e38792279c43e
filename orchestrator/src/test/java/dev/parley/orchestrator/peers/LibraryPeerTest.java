package dev.parley.orchestrator.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.document.v1.Chunk;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.PageSpan;
import dev.parley.document.v1.ScoreParts;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchDocumentsResponse;
import dev.parley.document.v1.SearchResult;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.conversation.Library.Findings;
import dev.parley.orchestrator.conversation.Passage;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents over a service that speaks the contract. */
class LibraryPeerTest {
  private static final Owner ANNA = new Owner("acme", "anna");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final Shelf shelf = new Shelf();
  private Hosted hosted;
  private ManagedChannel channel;
  private LibraryPeer library;

  @BeforeEach
  void serve() {
    String name = "documents-" + Ids.next();
    hosted = Hosted.inProcess(new Documents(shelf), name);
    channel = Hosted.channel(name);
    library = new LibraryPeer(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void asksForItsOwnerInTheseCollectionsOnly() {
    Findings found = library.search(ANNA, List.of("maps", "tides"), "Where is north?", 7, PATIENCE);
    assertThat(shelf.owners).containsExactly(ANNA);
    SearchDocumentsRequest asked = shelf.asked.getFirst();
    assertThat(asked.getFilter().getCollectionIdsList()).containsExactly("maps", "tides");
    assertThat(asked.getQuery()).isEqualTo("Where is north?");
    assertThat(asked.getLimit()).isEqualTo(7);
    assertThat(found.leftOut()).containsExactly("rerank");
    assertThat(found.passages())
        .containsExactly(
            new Passage("c1", "d1", "Pilot's book", 12, "xii", "North is up.", 0.5f),
            new Passage("c2", "d1", "Pilot's book", 0, "", "South is down.", 0));
  }

  @Test
  void aSearchThatIsLateFailsAfterItsDeadline() {
    shelf.answers = false;
    assertThatThrownBy(
            () -> library.search(ANNA, List.of("maps"), "Where?", 5, Duration.ofMillis(50)))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.code()).isEqualTo(Failure.Code.DEADLINE_EXCEEDED));
  }

  /** Two passages for every question. */
  private static final class Shelf extends DocumentServiceGrpc.DocumentServiceImplBase {
    final List<Owner> owners = new ArrayList<>();
    final List<SearchDocumentsRequest> asked = new ArrayList<>();
    volatile boolean answers = true;

    @Override
    public void searchDocuments(
        SearchDocumentsRequest request, StreamObserver<SearchDocumentsResponse> to) {
      owners.add(Caller.current().owner());
      asked.add(request);
      if (answers) {
        to.onNext(
            SearchDocumentsResponse.newBuilder()
                .addResults(
                    result("c1", "North is up.", 0.5f)
                        .setChunk(
                            chunk("c1", "North is up.")
                                .addSpans(PageSpan.newBuilder().setPage(12).setPageLabel("xii"))
                                .addSpans(PageSpan.newBuilder().setPage(13))))
                .addResults(result("c2", "South is down.", 0))
                .addLeftOut("rerank")
                .build());
        to.onCompleted();
      }
    }

    private static SearchResult.Builder result(String id, String text, float cosine) {
      return SearchResult.newBuilder()
          .setChunk(chunk(id, text))
          .setDocumentName("Pilot's book")
          .setParts(ScoreParts.newBuilder().setCosine(cosine));
    }

    private static Chunk.Builder chunk(String id, String text) {
      return Chunk.newBuilder().setId(id).setDocumentId("d1").setText(text);
    }
  }

  private record Documents(Shelf shelf) implements Service {
    @Override
    public String name() {
      return "documents";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(shelf);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
