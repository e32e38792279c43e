package dev.parley.orchestrator.grpc;

import static dev.parley.identity.v1.OrganisationServiceGrpc.getGetUsageMethod;
import static dev.parley.identity.v1.OrganisationServiceGrpc.getListAuditEntriesMethod;
import static dev.parley.identity.v1.OrganisationServiceGrpc.getVerifyAuditMethod;
import static io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall;

import dev.parley.identity.v1.GetUsageRequest;
import dev.parley.identity.v1.GetUsageResponse;
import dev.parley.identity.v1.ListAuditEntriesRequest;
import dev.parley.identity.v1.ListAuditEntriesResponse;
import dev.parley.identity.v1.VerifyAuditRequest;
import dev.parley.identity.v1.VerifyAuditResponse;
import io.grpc.stub.StreamObserver;

/** What was used and done in an organisation, as of the contract; unimplemented by default. */
public interface LedgerCalls {
  /** Where nothing is counted or taken down. */
  LedgerCalls NONE = new LedgerCalls() {};

  /** What was used of the plan. */
  default void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> to) {
    asyncUnimplementedUnaryCall(getGetUsageMethod(), to);
  }

  /** What was done. */
  default void listAuditEntries(
      ListAuditEntriesRequest request, StreamObserver<ListAuditEntriesResponse> to) {
    asyncUnimplementedUnaryCall(getListAuditEntriesMethod(), to);
  }

  /** Whether the log is whole. */
  default void verifyAudit(VerifyAuditRequest request, StreamObserver<VerifyAuditResponse> to) {
    asyncUnimplementedUnaryCall(getVerifyAuditMethod(), to);
  }
}
