package dev.parley.orchestrator.grpc;

import dev.parley.identity.v1.LedgerServiceGrpc;
import dev.parley.identity.v1.RecordRequest;
import dev.parley.identity.v1.RecordResponse;
import dev.parley.identity.v1.SeenCall;
import dev.parley.orchestrator.identity.audit.AuditLog;
import dev.parley.orchestrator.identity.audit.Deed;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.Metered;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** Takes what services that are processes of their own saw of calls from outside. Thread-safe. */
public final class LedgerInbox extends LedgerServiceGrpc.LedgerServiceImplBase {
  private final AuditLog audit;
  private final Meter meter;

  /** Writes there. */
  public LedgerInbox(AuditLog audit, Meter meter) {
    this.audit = audit;
    this.meter = meter;
  }

  @Override
  public void record(RecordRequest request, StreamObserver<RecordResponse> responses) {
    request.getCallsList().forEach(it -> audit.add(deed(it)));
    request
        .getSpeechList()
        .forEach(it -> meter.count(it.getOrganisationId(), Metered.SPEECH_MS, it.getDurationMs()));
    responses.onNext(RecordResponse.getDefaultInstance());
    responses.onCompleted();
  }

  private static Deed deed(SeenCall it) {
    return new Deed(
        Instant.ofEpochSecond(it.getTime().getSeconds(), it.getTime().getNanos()),
        it.getOrganisationId(),
        it.getPersonId(),
        it.getAction(),
        it.getTargetKind(),
        it.getTargetId(),
        it.getOutcome(),
        it.getRequestId());
  }
}
