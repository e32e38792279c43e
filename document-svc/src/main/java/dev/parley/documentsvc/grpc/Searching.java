package dev.parley.documentsvc.grpc;

import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchDocumentsResponse;
import dev.parley.documentsvc.library.Search;
import dev.parley.kit.identity.Owner;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Searches within the caller's deadline, or ours where that is sooner. */
final class Searching {
  private static final int FOUND = 10;

  /** What it takes to send the answer. */
  private static final Duration RESERVE = Duration.ofMillis(5);

  private final Search search;
  private final Duration limit;

  Searching(Search search, Duration limit) {
    this.search = search;
    this.limit = limit;
  }

  SearchDocumentsResponse search(Owner owner, SearchDocumentsRequest request) {
    var answer =
        search.find(
            new Search.Question(
                owner,
                request.getQuery(),
                Requests.filter(request.getFilter()),
                Requests.orDefault(request.getLimit(), FOUND),
                Requests.mode(request.getMode()),
                request.getKeepDuplicates(),
                !request.hasRerank() || request.getRerank(),
                deadline()));
    var response = SearchDocumentsResponse.newBuilder().addAllLeftOut(answer.leftOut());
    answer.results().forEach(it -> response.addResults(Messages.result(it)));
    return response.build();
  }

  private Duration deadline() {
    Optional<Deadline> callers = Optional.ofNullable(Context.current().getDeadline());
    Duration left =
        callers
            .map(it -> Duration.ofNanos(it.timeRemaining(TimeUnit.NANOSECONDS)).minus(RESERVE))
            .orElse(limit);
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
