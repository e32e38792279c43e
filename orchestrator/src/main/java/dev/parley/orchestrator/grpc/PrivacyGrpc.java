package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.Erasure;
import dev.parley.conversation.v1.ErasureState;
import dev.parley.conversation.v1.ExportMeRequest;
import dev.parley.conversation.v1.ExportMeResponse;
import dev.parley.conversation.v1.ForgetMeRequest;
import dev.parley.conversation.v1.ForgetMeResponse;
import dev.parley.conversation.v1.GetErasureRequest;
import dev.parley.conversation.v1.GetErasureResponse;
import dev.parley.conversation.v1.PrivacyServiceGrpc;
import dev.parley.conversation.v1.Removal;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.orchestrator.privacy.Erasures;
import io.grpc.stub.StreamObserver;

/** How people take along what is kept of them, and ask to be forgotten. */
public final class PrivacyGrpc extends PrivacyServiceGrpc.PrivacyServiceImplBase {
  private final Erasures erasures;
  private final PersonalExport export;

  /** Answers from these erasures, and exports that. */
  public PrivacyGrpc(Erasures erasures, PersonalExport export) {
    this.erasures = erasures;
    this.export = export;
  }

  @Override
  public void exportMe(ExportMeRequest request, StreamObserver<ExportMeResponse> answer) {
    Owner owner = Caller.current().owner();
    ServerStreams.stream(answer, out -> export.send(owner, out::send));
  }

  @Override
  public void forgetMe(ForgetMeRequest request, StreamObserver<ForgetMeResponse> answer) {
    Owner owner = Caller.current().owner();
    Erasure erasure = message(erasures.forgetWholly(owner, request.getRequestId()));
    answer.onNext(ForgetMeResponse.newBuilder().setErasure(erasure).build());
    answer.onCompleted();
  }

  @Override
  public void getErasure(GetErasureRequest request, StreamObserver<GetErasureResponse> answer) {
    Erasure erasure = message(erasures.find(Caller.current().owner(), request.getErasureId()));
    answer.onNext(GetErasureResponse.newBuilder().setErasure(erasure).build());
    answer.onCompleted();
  }

  private static Erasure message(dev.parley.orchestrator.privacy.Erasure it) {
    Erasure.Builder message =
        Erasure.newBuilder()
            .setId(it.id())
            .setState(
                it.isDone() ? ErasureState.ERASURE_STATE_DONE : ErasureState.ERASURE_STATE_RUNNING)
            .setStartTime(Times.timestamp(it.startTime()));
    it.endTime().ifPresent(end -> message.setEndTime(Times.timestamp(end)));
    it.removals()
        .forEach(
            r -> message.addRemovals(Removal.newBuilder().setWhat(r.what()).setCount(r.count())));
    return message.build();
  }
}
