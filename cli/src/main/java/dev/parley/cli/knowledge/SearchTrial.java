package dev.parley.cli.knowledge;

import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchMode;
import dev.parley.document.v1.SearchResult;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks questions in one way after the other, and looks where the answers stand. */
final class SearchTrial {
  /** Answers looked at, a question. */
  static final int DEPTH = 10;

  /** A way to search; reranked means by both, ordered again by the cross-encoder. */
  enum Way {
    LEXICAL(SearchMode.SEARCH_MODE_LEXICAL),
    DENSE(SearchMode.SEARCH_MODE_DENSE),
    HYBRID(SearchMode.SEARCH_MODE_HYBRID),
    RERANKED(SearchMode.SEARCH_MODE_HYBRID);

    private final SearchMode mode;

    Way(SearchMode mode) {
      this.mode = mode;
    }
  }

  /** Places from 1, 0 where not found; milliseconds; and whether a cross-encoder took part. */
  record Measured(int[] places, double[] millis, boolean reranked) {}

  private final DocumentServiceGrpc.DocumentServiceBlockingStub stub;
  private final List<Judged> questions;
  private final List<String> collections;

  /** In these collections; none means all. */
  SearchTrial(
      DocumentServiceGrpc.DocumentServiceBlockingStub stub,
      List<Judged> questions,
      List<String> collections) {
    this.stub = stub;
    this.questions = questions;
    this.collections = collections;
  }

  /** All questions, one after the other. */
  Measured by(Way way) {
    int[] places = new int[questions.size()];
    double[] millis = new double[questions.size()];
    boolean reranked = false;
    for (int i = 0; i < questions.size(); i++) {
      long begun = System.nanoTime();
      List<SearchResult> found = answers(questions.get(i), way);
      millis[i] = (System.nanoTime() - begun) / 1e6;
      places[i] = place(questions.get(i), found);
      reranked |= found.stream().anyMatch(it -> it.getParts().getRerank() > 0);
    }
    return new Measured(places, millis, reranked);
  }

  private List<SearchResult> answers(Judged question, Way way) {
    return stub.withDeadlineAfter(30, TimeUnit.SECONDS)
        .searchDocuments(
            SearchDocumentsRequest.newBuilder()
                .setQuery(question.question())
                .setMode(way.mode)
                .setRerank(way == Way.RERANKED)
                .setLimit(DEPTH)
                .setFilter(DocumentFilter.newBuilder().addAllCollectionIds(collections))
                .build())
        .getResultsList();
  }

  private static int place(Judged question, List<SearchResult> found) {
    for (int i = 0; i < found.size(); i++) {
      if (question.fits(found.get(i))) {
        return i + 1;
      }
    }
    return 0;
  }
}
