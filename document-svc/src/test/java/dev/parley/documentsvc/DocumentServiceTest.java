package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.document.v1.Collection;
import dev.parley.document.v1.DeleteDocumentRequest;
import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentStage;
import dev.parley.document.v1.DownloadDocumentRequest;
import dev.parley.document.v1.GetPageRequest;
import dev.parley.document.v1.ListCollectionsRequest;
import dev.parley.document.v1.UploadDocumentResponse;
import dev.parley.document.v1.WatchDocumentResponse;
import dev.parley.documentsvc.pdf.PdfMaker;
import dev.parley.kit.failure.Failures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that become documents: read, found, given back and gone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocumentServiceTest extends HostedTest {
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
    var first = parley.upload("a.txt", bytes, "");
    var again = parley.upload("b.txt", bytes, "");
    var other = parley.upload("c.txt", bytes, "ada");

    assertThat(first.getAlreadyThere()).isFalse();
    assertThat(again.getAlreadyThere()).isTrue();
    assertThat(again.getDocument().getId()).isEqualTo(first.getDocument().getId());
    assertThat(other.getAlreadyThere()).isFalse();
    parley.finished(first.getDocument().getId());
    parley.finished(other.getDocument().getId());
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
}
