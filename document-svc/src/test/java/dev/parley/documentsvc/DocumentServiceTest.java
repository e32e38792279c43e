package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.parley.document.v1.ChunkSettings;
import dev.parley.document.v1.Classification;
import dev.parley.document.v1.Collection;
import dev.parley.document.v1.CreateCollectionRequest;
import dev.parley.document.v1.DeleteCollectionRequest;
import dev.parley.document.v1.DeleteDocumentRequest;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentClass;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.DownloadDocumentRequest;
import dev.parley.document.v1.GetPageRequest;
import dev.parley.document.v1.ListChunksRequest;
import dev.parley.document.v1.ListCollectionsRequest;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.PreviewChunksRequest;
import dev.parley.document.v1.ReprocessDocumentRequest;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.UpdateCollectionRequest;
import dev.parley.document.v1.UpdateDocumentRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentResponse;
import dev.parley.documentsvc.pdf.PdfMaker;
import dev.parley.kit.failure.Failures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocumentServiceTest {
  @TempDir private static Path folder;
  private static Hosting parley;

  @BeforeAll
  static void start() {
    parley = new Hosting(folder.resolve("scratch"));
  }

  @AfterAll
  static void stop() {
    parley.close();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pdf() throws Exception {
    var maker = new PdfMaker().title("Pilot book", "Nell").page();
    maker.lines(72, 100, List.of("Preface words that nobody needs.")).page();
    maker
        .line(72, 90, 20, "Lighthouse")
        .lines(
            72, 130, List.of("The zebra lighthouse flashes every seven seconds.", "It is white."));
    maker.romanLabels(1);
    return Files.readAllBytes(maker.save(Files.createTempFile(folder, "p", ".pdf")));
  }

  private static String reason(Throwable thrown) {
    return Failures.fromStatus(thrown).reason();
  }

  @Test
  void aPdfIsReadDescribedCutIndexedAndFoundOnItsPage() throws Exception {
    UploadDocumentResponse uploaded = parley.upload("pilot.pdf", pdf(), "", "sea");
    List<WatchDocumentResponse> watched = parley.watched(uploaded.getDocument().getId());
    Document document = parley.get(uploaded.getDocument().getId());

    assertThat(watched.getLast().getProgress().getStage())
        .as(watched.toString())
        .isEqualTo(DocumentStage.DOCUMENT_STAGE_READY);
    assertThat(document.getDisplayName()).isEqualTo("Pilot book");
    assertThat(document.getMetadata().getPageCount()).isEqualTo(2);
    assertThat(document.getMetadata().getLanguage()).isEqualTo("en");
    var found = parley.search("zebra lighthouse").getResults(0);
    assertThat(found.getChunk().getDocumentId()).isEqualTo(document.getId());
    assertThat(found.getChunk().getSpans(0).getPage()).isEqualTo(2);
    assertThat(found.getChunk().getSpans(0).getPageLabel()).isEqualTo("1");
    assertThat(found.getChunk().getHeadingPathList()).containsExactly("Lighthouse");
    var page =
        parley
            .stub()
            .getPage(
                GetPageRequest.newBuilder()
                    .setDocumentId(document.getId())
                    .setPage(2)
                    .setChunkId(found.getChunk().getId())
                    .setQuote("flashes every seven seconds")
                    .build());
    assertThat(page.getMarksList()).hasSize(1);
    assertThat(
            page.getPage()
                .getText()
                .substring(page.getSpans(0).getStart(), page.getSpans(0).getEnd()))
        .isEqualTo("flashes every seven seconds");
  }

  @Test
  void theSameContentIsRecognisedAndOtherCollectionsHaveTheirOwn() {
    byte[] bytes = text("Same words in the same file.");
    collection("twins", 0);
    var first = parley.upload("a.txt", bytes, "");
    var again = parley.upload("b.txt", bytes, "");
    var other = parley.upload("c.txt", bytes, "twins");

    assertThat(first.getAlreadyThere()).isFalse();
    assertThat(again.getAlreadyThere()).isTrue();
    assertThat(again.getDocument().getId()).isEqualTo(first.getDocument().getId());
    assertThat(other.getAlreadyThere()).isFalse();
    parley.finished(first.getDocument().getId());
    parley.finished(other.getDocument().getId());
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

  @Test
  void theCollectionOfACharacterIsMadeWithTheFirstUpload() {
    Document first = parley.upload("a.txt", text("Ada's first."), "ada").getDocument();
    Document second = parley.upload("b.txt", text("Ada's second."), "ada").getDocument();
    assertThat(first.getCollectionId()).isEqualTo("ada");
    assertThat(second.getCollectionId()).isEqualTo("ada");
    assertThat(
            parley
                .stub()
                .listCollections(ListCollectionsRequest.getDefaultInstance())
                .getCollectionsList())
        .filteredOn(it -> it.getId().equals("ada"))
        .extracting(Collection::getDisplayName)
        .containsExactly("Ada");
  }

  @Test
  void whatIsNotOursIsRefusedWithAReason() {
    assertThatThrownBy(() -> parley.upload("a.bin", new byte[] {1, 0, 2, 0, 3, 4, 5, 0}, ""))
        .satisfies(it -> assertThat(reason(it)).isEqualTo("DOCUMENT_UNREADABLE"));
    assertThatThrownBy(() -> parley.upload("a.txt", new byte[0], ""))
        .satisfies(it -> assertThat(reason(it)).isEqualTo("DOCUMENT_UNREADABLE"));
    assertThatThrownBy(() -> parley.upload("a.txt", text("x"), "no-such"))
        .satisfies(it -> assertThat(reason(it)).isEqualTo("COLLECTION_NOT_FOUND"));
    assertThatThrownBy(() -> parley.get("no-such"))
        .satisfies(it -> assertThat(reason(it)).isEqualTo("DOCUMENT_NOT_FOUND"));
  }

  @Test
  void aDamagedFileEndsWithAReasonForPeople() throws Exception {
    byte[] whole = pdf();
    byte[] half = java.util.Arrays.copyOf(whole, 200);
    Document it = parley.finished(parley.upload("half.pdf", half, "").getDocument().getId());

    assertThat(it.getProgress().getStage()).isEqualTo(DocumentStage.DOCUMENT_STAGE_FAILED);
    assertThat(it.getProgress().getFailureReason())
        .isIn("DOCUMENT_UNREADABLE", "DOCUMENT_HAS_NO_TEXT");
    assertThat(it.getProgress().getFailure()).isNotEmpty();
  }

  @Test
  void aStageThatFailsIsTriedAgain() {
    parley.memory.failures.set(1);
    Document it = parley.ready("again.txt", text("Quinces ripen in a retried October."));

    assertThat(parley.search("quinces retried").getResults(0).getChunk().getDocumentId())
        .isEqualTo(it.getId());
  }

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
    var filter = DocumentFilter.newBuilder().addClasses("food").addTags("mine");
    var found =
        parley
            .stub()
            .searchDocuments(
                SearchDocumentsRequest.newBuilder().setQuery("masts").setFilter(filter).build());
    assertThat(found.getResultsCount()).isEqualTo(1);
    var none =
        parley
            .stub()
            .searchDocuments(
                SearchDocumentsRequest.newBuilder()
                    .setQuery("masts")
                    .setFilter(DocumentFilter.newBuilder().addClasses("boats"))
                    .build());
    assertThat(none.getResultsCount()).isZero();
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
  void aDeletedDocumentIsGoneFromEveryStore() {
    String id = parley.ready("gone.txt", text("Vanishing narwhals leave no trace.")).getId();
    assertThat(parley.search("vanishing narwhals").getResultsCount()).isEqualTo(1);

    parley.stub().deleteDocument(DeleteDocumentRequest.newBuilder().setDocumentId(id).build());

    assertThat(parley.search("vanishing narwhals").getResultsCount()).isZero();
    assertThat(parley.memory.points.values()).noneMatch(it -> it.getText().contains("narwhals"));
    assertThatThrownBy(() -> parley.get(id))
        .satisfies(it -> assertThat(reason(it)).isEqualTo("DOCUMENT_NOT_FOUND"));
    assertThat(
            parley
                .upload("gone.txt", text("Vanishing narwhals leave no trace."), "")
                .getAlreadyThere())
        .isFalse();
  }

  @Test
  void partsOfTheFileComeBackAsTheyWere() {
    String words = "0123456789".repeat(30_000);
    String id = parley.ready("digits.txt", text("Digits: " + words)).getId();
    var request =
        DownloadDocumentRequest.newBuilder().setDocumentId(id).setOffset(8).setLength(250_000);
    var pieces = parley.stub().downloadDocument(request.build());
    var header = pieces.next().getHeader();
    var bytes = new ByteArrayOutputStream();
    pieces.forEachRemaining(it -> bytes.writeBytes(it.getData().toByteArray()));

    assertThat(header.getSizeBytes()).isEqualTo(300_008);
    assertThat(header.getFileName()).isEqualTo("digits.txt");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(words.substring(0, 250_000));
  }

  @Test
  void aSearchThatIsLateSaysWhatItLeftOut() {
    parley.memory.queryMs = 1_000;
    try {
      var answer =
          parley
              .stub()
              .withDeadlineAfter(java.time.Duration.ofMillis(300))
              .searchDocuments(SearchDocumentsRequest.newBuilder().setQuery("late").build());
      assertThat(answer.getLeftOutList()).containsExactly("dense", "lexical");
    } finally {
      parley.memory.queryMs = 0;
    }
  }

  @Test
  void aCrossEncoderOrdersTheBestAgainUnlessItIsLateOrNotWanted(@TempDir Path own) {
    try (var judged = new Hosting(own)) {
      judged.memory.judgesBy = "harbour";
      judged.ready("a.txt", text("The quokka sleeps. The quokka eats. The quokka jumps."));
      judged.ready(
          "b.txt", text("A ferry leaves the harbour for the island of the quokka at ten."));
      var best = judged.search("quokka").getResults(0);
      assertThat(best.getChunk().getText()).contains("harbour");
      assertThat(best.getParts().getRerank()).isEqualTo(0.9f);
      assertThat(best.getScore()).isEqualTo(0.9f);
      assertThat(best.getParts().getFused()).isPositive();

      var plain = SearchDocumentsRequest.newBuilder().setQuery("quokka").setRerank(false).build();
      assertThat(judged.stub().searchDocuments(plain).getResults(0).getChunk().getText())
          .contains("sleeps");

      judged.memory.judgeMs = 4_000;
      var late =
          judged
              .stub()
              .withDeadlineAfter(java.time.Duration.ofSeconds(5))
              .searchDocuments(plain.toBuilder().clearRerank().build());
      assertThat(late.getLeftOutList()).containsExactly("rerank");
      assertThat(late.getResults(0).getChunk().getText()).contains("sleeps");
    }
  }

  @Test
  void documentsAreListedByPageAndFilterAndGoWithTheirCollection() {
    collection("shelf", 0);
    for (int i = 0; i < 5; i++) {
      parley.finished(
          parley.upload("b" + i + ".txt", text("Book " + i), "shelf").getDocument().getId());
    }
    var filter = DocumentFilter.newBuilder().addCollectionIds("shelf");
    var first =
        parley
            .stub()
            .listDocuments(
                ListDocumentsRequest.newBuilder().setFilter(filter).setPageSize(3).build());
    var rest =
        parley
            .stub()
            .listDocuments(
                ListDocumentsRequest.newBuilder()
                    .setFilter(filter)
                    .setPageSize(3)
                    .setPageToken(first.getNextPageToken())
                    .build());
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
    assertThat(
            parley
                .stub()
                .listDocuments(ListDocumentsRequest.newBuilder().setFilter(filter).build())
                .getDocumentsCount())
        .isZero();
  }
}
