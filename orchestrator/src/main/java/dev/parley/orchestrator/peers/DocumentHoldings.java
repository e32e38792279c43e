package dev.parley.orchestrator.peers;

import dev.parley.document.v1.Document;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.ListDocumentsRequest;
import dev.parley.document.v1.ListDocumentsResponse;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.identity.usage.Holdings;
import dev.parley.orchestrator.identity.usage.Metered;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts the documents that the document service keeps for an organisation. Thread-safe; blocks.
 */
public final class DocumentHoldings implements Holdings {
  private static final int PAGE = 200;
  private static final int DEADLINE_SECONDS = 10;

  private final Channel channel;

  /** Over that channel. */
  public DocumentHoldings(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Map<Metered, Long> of(String organisationId) {
    var caller = new Caller(new Owner(organisationId, "usage"), Ids.next(), false);
    Context before = caller.attachTo(Context.current()).attach();
    Context attached = Context.current();
    try {
      return count();
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    } finally {
      attached.detach(before);
    }
  }

  private Map<Metered, Long> count() {
    long documents = 0;
    long bytes = 0;
    String token = "";
    do {
      ListDocumentsResponse page =
          DocumentServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .listDocuments(
                  ListDocumentsRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build());
      documents += page.getDocumentsCount();
      bytes += page.getDocumentsList().stream().mapToLong(Document::getSizeBytes).sum();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return Map.of(Metered.DOCUMENTS, documents, Metered.BYTES, bytes);
  }
}
