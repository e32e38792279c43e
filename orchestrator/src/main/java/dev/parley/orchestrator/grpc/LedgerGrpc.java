package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.GetUsageRequest;
import dev.parley.identity.v1.GetUsageResponse;
import dev.parley.identity.v1.ListAuditEntriesRequest;
import dev.parley.identity.v1.ListAuditEntriesResponse;
import dev.parley.identity.v1.VerifyAuditRequest;
import dev.parley.identity.v1.VerifyAuditResponse;
import dev.parley.kit.identity.Caller;
import io.grpc.stub.StreamObserver;

/** What was used and done in the caller's organisation. */
public record LedgerGrpc(AuditAnswers audit, UsageAnswers usage) implements LedgerCalls {
  @Override
  public void getUsage(GetUsageRequest q, StreamObserver<GetUsageResponse> to) {
    answer(to, usage.get(organisation()));
  }

  @Override
  public void listAuditEntries(
      ListAuditEntriesRequest q, StreamObserver<ListAuditEntriesResponse> to) {
    answer(to, audit.list(organisation(), q));
  }

  @Override
  public void verifyAudit(VerifyAuditRequest q, StreamObserver<VerifyAuditResponse> to) {
    answer(to, audit.verify(organisation()));
  }

  private static String organisation() {
    return Caller.current().owner().organisationId();
  }

  private static <T> void answer(StreamObserver<T> to, T message) {
    to.onNext(message);
    to.onCompleted();
  }
}
