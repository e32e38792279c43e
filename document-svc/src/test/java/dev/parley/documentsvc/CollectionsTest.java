package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.parley.document.v1.ChunkSettings;
import dev.parley.document.v1.Classification;
import dev.parley.document.v1.Collection;
import dev.parley.document.v1.CreateCollectionRequest;
import dev.parley.document.v1.DeleteCollectionRequest;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentClass;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.ListChunksRequest;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.PreviewChunksRequest;
import dev.parley.document.v1.ReprocessDocumentRequest;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.UpdateCollectionRequest;
import dev.parley.document.v1.UpdateDocumentRequest;
import dev.parley.kit.failure.Failures;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Collections with classes and a cut of their own, and what people set in them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CollectionsTest extends HostedTest {
  @Test
  void whatPeopleSetIsKeptWhenTheDocumentIsMadeAnew() {
    collection("yard", 0);
    String id =
        parley
            .upload("y.txt", text("Masts and sails and hulls of boats."), "yard")
            .getDocument()
            .getId();
    Document it = parley.finished(id);
    assertThat(it.getClassification().getLabel()).isEqualTo("boats");
    assertThat(it.getClassification().getConfidence()).isBetween(0.3f, 1f);

    var change =
        UpdateDocumentRequest.newBuilder()
            .setDocumentId(id)
            .setDocument(
                Document.newBuilder()
                    .setDisplayName("My yard")
                    .addTags("mine")
                    .setVersion(it.getVersion())
                    .setClassification(Classification.newBuilder().setLabel("food")))
            .setUpdateMask(
                FieldMask.newBuilder()
                    .addPaths("display_name")
                    .addPaths("tags")
                    .addPaths("classification"));
    Document changed = parley.stub().updateDocument(change.build()).getDocument();
    assertThat(changed.getDisplayName()).isEqualTo("My yard");
    assertThatThrownBy(() -> parley.stub().updateDocument(change.build()))
        .satisfies(e -> assertThat(reason(e)).isEqualTo("VERSION_CONFLICT"));
    parley
        .stub()
        .reprocessDocument(ReprocessDocumentRequest.newBuilder().setDocumentId(id).build());
    Document anew = parley.finished(id);
    assertThat(anew.getDisplayName()).isEqualTo("My yard");
    assertThat(anew.getClassification().getLabel()).isEqualTo("food");
    assertThat(anew.getClassification().getConfidence()).isEqualTo(1);
    assertThat(found("masts", DocumentFilter.newBuilder().addClasses("food").addTags("mine")))
        .isEqualTo(1);
    assertThat(found("masts", DocumentFilter.newBuilder().addClasses("boats"))).isZero();
  }

  private static int found(String query, DocumentFilter.Builder filter) {
    var request = SearchDocumentsRequest.newBuilder().setQuery(query).setFilter(filter).build();
    return parley.stub().searchDocuments(request).getResultsCount();
  }

  @Test
  void anotherCutReplacesTheOldOneWithoutLeavingPoints() {
    collection("cuts", 100);
    String words =
        String.join(
            " ",
            IntStream.range(0, 60)
                .mapToObj(i -> "Sentence " + i + " tells of kelp and tides.")
                .toList());
    String id = parley.upload("c.txt", text(words), "cuts").getDocument().getId();
    int before = parley.finished(id).getChunkCount();
    parley
        .stub()
        .updateCollection(
            UpdateCollectionRequest.newBuilder()
                .setCollectionId("cuts")
                .setCollection(
                    Collection.newBuilder()
                        .setChunks(ChunkSettings.newBuilder().setMaxTokens(40).setOverlapTokens(8)))
                .build());
    var preview =
        parley
            .stub()
            .previewChunks(
                PreviewChunksRequest.newBuilder()
                    .setDocumentId(id)
                    .setSettings(ChunkSettings.newBuilder().setMaxTokens(40).setOverlapTokens(8))
                    .build());
    parley
        .stub()
        .reprocessDocument(ReprocessDocumentRequest.newBuilder().setDocumentId(id).build());
    Document after = parley.finished(id);

    assertThat(after.getChunkCount()).isGreaterThan(before).isEqualTo(preview.getChunkCount());
    var chunks =
        parley
            .stub()
            .listChunks(ListChunksRequest.newBuilder().setDocumentId(id).setPageSize(200).build());
    assertThat(chunks.getChunksList()).hasSize(after.getChunkCount());
    assertThat(chunks.getChunksList()).allMatch(it -> it.getTokenCount() <= 40);
    assertThat(chunks.getChunks(1).getText()).startsWith("Sentence 4 ");
    assertThat(chunks.getChunks(0).getText()).contains("Sentence 4 ");
    long points =
        parley.memory.points.values().stream()
            .filter(it -> it.getAttributesList().stream().anyMatch(a -> a.getKeyword().equals(id)))
            .count();
    assertThat(points).isEqualTo(after.getChunkCount());
  }

  @Test
  void documentsAreListedByPageAndFilterAndGoWithTheirCollection() {
    collection("shelf", 0);
    for (int i = 0; i < 5; i++) {
      parley.finished(
          parley.upload("b" + i + ".txt", text("Book " + i), "shelf").getDocument().getId());
    }
    var request =
        ListDocumentsRequest.newBuilder()
            .setFilter(DocumentFilter.newBuilder().addCollectionIds("shelf"))
            .setPageSize(3);
    var first = parley.stub().listDocuments(request.build());
    request.setPageToken(first.getNextPageToken());
    var rest = parley.stub().listDocuments(request.build());
    assertThat(first.getDocumentsList())
        .extracting(Document::getDisplayName)
        .containsExactly("b4.txt", "b3.txt", "b2.txt");
    assertThat(rest.getDocumentsList())
        .extracting(Document::getDisplayName)
        .containsExactly("b1.txt", "b0.txt");
    assertThat(rest.getNextPageToken()).isEmpty();
    parley
        .stub()
        .deleteCollection(DeleteCollectionRequest.newBuilder().setCollectionId("shelf").build());
    request.clearPageToken();
    assertThat(parley.stub().listDocuments(request.build()).getDocumentsCount()).isZero();
  }

  private static Collection collection(String id, int maxTokens) {
    return parley
        .stub()
        .createCollection(
            CreateCollectionRequest.newBuilder()
                .setCollection(
                    Collection.newBuilder()
                        .setId(id)
                        .setDisplayName(id)
                        .setChunks(ChunkSettings.newBuilder().setMaxTokens(maxTokens))
                        .addClasses(cls("boats", "boats masts sails hulls"))
                        .addClasses(cls("food", "bread soup dinner kitchen")))
                .build())
        .getCollection();
  }

  private static DocumentClass cls(String label, String description) {
    return DocumentClass.newBuilder().setLabel(label).setDescription(description).build();
  }

  private static String reason(Throwable thrown) {
    return Failures.fromStatus(thrown).reason();
  }
}
