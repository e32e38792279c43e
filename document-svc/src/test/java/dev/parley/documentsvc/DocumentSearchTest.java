package dev.parley.documentsvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.document.v1.SearchDocumentsRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches that are late, and searches whose best are judged again. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DocumentSearchTest extends HostedTest {
  @Test
  void aSearchThatIsLateSaysWhatItLeftOut() {
    parley.memory.queryMs = 6_000;
    try {
      var answer =
          parley
              .stub()
              .withDeadlineAfter(java.time.Duration.ofSeconds(2))
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
}
