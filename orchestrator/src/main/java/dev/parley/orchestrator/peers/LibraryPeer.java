package dev.parley.orchestrator.peers;

import dev.parley.document.v1.Chunk;
import dev.parley.document.v1.DocumentFilter;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.PageSpan;
import dev.parley.document.v1.SearchDocumentsRequest;
import dev.parley.document.v1.SearchDocumentsResponse;
import dev.parley.document.v1.SearchResult;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.conversation.Library;
import dev.parley.orchestrator.conversation.Passage;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Documents of the document service, looked through on behalf of their owner. Thread-safe. */
public final class LibraryPeer implements Library {
  private final RetryBudget budget = new RetryBudget();
  private final Channel channel;

  /** Over that channel, which carries the caller of the current context. */
  public LibraryPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Findings search(
      Owner owner, List<String> collectionIds, String query, int limit, Duration deadline) {
    var request =
        SearchDocumentsRequest.newBuilder()
            .setQuery(query)
            .setFilter(DocumentFilter.newBuilder().addAllCollectionIds(collectionIds))
            .setLimit(limit)
            .build();
    Context before = new Caller(owner, Ids.next(), false).attachTo(Context.current()).attach();
    long end = System.nanoTime() + deadline.toNanos();
    try {
      return budget.run(() -> findings(searched(request, end - System.nanoTime())));
    } finally {
      Context.current().detach(before);
    }
  }

  private SearchDocumentsResponse searched(SearchDocumentsRequest request, long nanos) {
    try {
      return DocumentServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(nanos, TimeUnit.NANOSECONDS)
          .searchDocuments(request);
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }

  private static Findings findings(SearchDocumentsResponse answer) {
    return new Findings(
        answer.getResultsList().stream().map(LibraryPeer::passage).toList(),
        answer.getLeftOutList());
  }

  private static Passage passage(SearchResult result) {
    Chunk chunk = result.getChunk();
    PageSpan first = chunk.getSpansCount() == 0 ? PageSpan.getDefaultInstance() : chunk.getSpans(0);
    return new Passage(
        chunk.getId(),
        chunk.getDocumentId(),
        result.getDocumentName(),
        first.getPage(),
        first.getPageLabel(),
        chunk.getText(),
        result.getParts().getCosine());
  }
}
