package dev.parley.orchestrator.peers;

import dev.parley.document.v1.Collection;
import dev.parley.document.v1.DeleteCollectionRequest;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DocumentServiceGrpc.DocumentServiceBlockingStub;
import dev.parley.document.v1.ListCollectionsRequest;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Removes every collection of an organisation with the documents in it. Thread-safe; blocks. */
public final class LibraryRemoval {
  private static final int DEADLINE_SECONDS = 30;

  private final Channel channel;

  /** Over that channel, which carries the caller of the current context. */
  public LibraryRemoval(Channel channel) {
    this.channel = channel;
  }

  /** Removes them; may be done twice. Fails as the document service does. */
  public void run(String organisationId) {
    Owner owner = new Owner(organisationId, organisationId);
    Context before = new Caller(owner, Ids.next(), false).attachTo(Context.current()).attach();
    try {
      for (var found = collections(); !found.isEmpty(); found = collections()) {
        found.forEach(this::remove);
      }
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    } finally {
      Context.current().detach(before);
    }
  }

  private List<Collection> collections() {
    return stub().listCollections(ListCollectionsRequest.getDefaultInstance()).getCollectionsList();
  }

  private void remove(Collection it) {
    try {
      stub()
          .deleteCollection(
              DeleteCollectionRequest.newBuilder().setCollectionId(it.getId()).build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
  }

  private DocumentServiceBlockingStub stub() {
    return DocumentServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
