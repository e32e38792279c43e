package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.*;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.orchestrator.conversation.Attachment;
import dev.parley.orchestrator.conversation.Input;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnMedia;
import dev.parley.orchestrator.conversation.TurnRecord;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** How conversations are reached over gRPC: translates, and does nothing else. */
public final class ConversationGrpc extends ConversationServiceGrpc.ConversationServiceImplBase {
  private final Sessions sessions;
  private final TurnMedia media;
  private final WholeTurns wholeTurns;
  private final Attaching attaching;
  private final History history;
  private final Replicas replicas;

  /** Of the only process there is. */
  public ConversationGrpc(Sessions sessions, Supplier<List<String>> blendshapes) {
    this(sessions, blendshapes, new Replicas(sessions));
  }

  /** Over those sessions; {@code blendshapes} names the face's weights. */
  public ConversationGrpc(
      Sessions sessions, Supplier<List<String>> blendshapes, Replicas replicas) {
    this.replicas = replicas;
    this.sessions = sessions;
    this.media = new TurnMedia(sessions);
    this.wholeTurns = new WholeTurns(sessions, media);
    this.attaching = new Attaching(sessions, blendshapes);
    this.history = new History(sessions);
  }

  @Override
  public StreamObserver<ClientEvent> converse(StreamObserver<ServerEvent> responses) {
    return ServerStreams.bidi(responses, this::converse);
  }

  private void converse(Inbound<ClientEvent> in, Outbound<ServerEvent> out) {
    Optional<ClientEvent> first = in.take();
    if (first.isEmpty() || !first.get().hasSessionStart()) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION,
          "OUT_OF_ORDER",
          "session_start: missing (expected first)");
    }
    SessionStart start = first.get().getSessionStart();
    if (start.hasResume()) {
      Optional<Failure> lost =
          replicas.wherever(
              owner(),
              start.getResume().getSessionId(),
              session -> talk(attaching.resumed(session, start), start, in, out),
              channel -> replicas.relay(channel, first.get(), in, out));
      lost.ifPresent(failure -> {
        throw failure;
      });
    } else {
      talk(attaching.open(owner(), start, ""), start, in, out);
    }
  }

  private Optional<Failure> talk(
      Session session, SessionStart start, Inbound<ClientEvent> in, Outbound<ServerEvent> out) {
    Attaching.Attached attached = attaching.attach(session, start, out);
    Attachment attachment = attached.attachment();
    try {
      for (var e = in.take(); e.isPresent(); e = in.take()) {
        attachment.input(Inputs.of(e.get()));
      }
      attachment.endInput();
      attached.join();
      return Optional.empty();
    } catch (RuntimeException gone) {
      out.fail(gone); // before the attachment ends, which would end the stream well
      attachment.detach();
      throw gone;
    }
  }

  @Override
  public void openSession(OpenSessionRequest q, StreamObserver<OpenSessionResponse> to) {
    answer(
        to,
        () -> {
          SessionStart start = q.getStart();
          return start.hasResume()
              ? replicas.wherever(
                  owner(),
                  start.getResume().getSessionId(),
                  session -> opened(attaching.resumed(session, start), start, 0),
                  channel -> ConversationServiceGrpc.newBlockingStub(channel).openSession(q))
              : opened(attaching.open(owner(), start, q.getRequestId()), start, 1);
        });
  }

  private OpenSessionResponse opened(Session session, SessionStart start, long seq) {
    String id = start.getClientId().isEmpty() ? sessions.parts().ids().get() : start.getClientId();
    var started =
        Formats.started(
            session,
            Formats.tiers(start.getTiersList()),
            id,
            true,
            sessions.parts(),
            attaching.blendshapes());
    return OpenSessionResponse.newBuilder().setStarted(started).setSeq(seq).build();
  }

  @Override
  public void sendInput(SendInputRequest q, StreamObserver<SendInputResponse> to) {
    answer(
        to,
        () -> {
          var inputs = q.getEventsList().stream().map(Inputs::of).toList();
          return replicas.wherever(
              owner(),
              q.getSessionId(),
              session -> sent(session, q.getClientId(), inputs),
              channel -> ConversationServiceGrpc.newBlockingStub(channel).sendInput(q));
        });
  }

  private static SendInputResponse sent(Session session, String clientId, List<Input> inputs) {
    long taken = session.send(clientId, inputs).orTimeout(10, TimeUnit.SECONDS).join();
    return SendInputResponse.newBuilder().setTakenClientSeq(taken).build();
  }

  @Override
  public void subscribe(SubscribeRequest q, StreamObserver<ServerEvent> responses) {
    ServerStreams.stream(
        responses,
        out -> {
          var mode = q.getClientId().isEmpty() ? Session.Mode.WATCHER : Session.Mode.AUTO;
          var tiers = q.getTiersList();
          var after = new AtomicLong(q.getAfterSeq());
          replicas.wherever(
              owner(),
              q.getSessionId(),
              session -> {
                attaching.attach(session, q.getClientId(), tiers, mode, after.get(), out).join();
                return true;
              },
              channel -> replicas.relay(channel, q, after, out));
        });
  }

  @Override
  public void listSessions(ListSessionsRequest q, StreamObserver<ListSessionsResponse> to) {
    answer(to, () -> history.sessions(owner(), q));
  }

  @Override
  public void getSession(GetSessionRequest q, StreamObserver<GetSessionResponse> to) {
    answer(to, () -> history.session(owner(), q));
  }

  @Override
  public void deleteSession(DeleteSessionRequest q, StreamObserver<DeleteSessionResponse> to) {
    answer(
        to,
        () -> {
          Owner owner = owner();
          boolean over = sessions.record(owner, q.getSessionId()).ended();
          return replicas.where(
              owner,
              over || sessions.parts().leases().isEmpty() ? "" : q.getSessionId(),
              () -> {
                sessions.delete(owner, q.getSessionId());
                return DeleteSessionResponse.getDefaultInstance();
              },
              channel -> ConversationServiceGrpc.newBlockingStub(channel).deleteSession(q));
        });
  }

  @Override
  public void listTurns(ListTurnsRequest q, StreamObserver<ListTurnsResponse> to) {
    answer(to, () -> history.turns(owner(), q));
  }

  @Override
  public void getTurn(GetTurnRequest q, StreamObserver<GetTurnResponse> to) {
    answer(to, () -> GetTurnResponse.newBuilder().setTurn(Turns.turn(turn(q.getTurnId()))).build());
  }

  @Override
  public void respond(RespondRequest q, StreamObserver<RespondResponse> to) {
    answer(
        to,
        () -> {
          Owner owner = owner();
          var asked = new AtomicReference<>(q);
          return replicas.where(
              owner,
              q.getSessionId(),
              () ->
                  RespondResponse.newBuilder()
                      .setTurn(Turns.turn(wholeTurns.respond(owner, asked.get())))
                      .build(),
              channel -> {
                asked.updateAndGet(it ->
                    it.getRequestId().isEmpty()
                        ? it.toBuilder().setRequestId(passedOn()).build()
                        : it);
                return ConversationServiceGrpc.newBlockingStub(channel).respond(asked.get());
              });
        });
  }

  @Override
  public void submitTurn(SubmitTurnRequest q, StreamObserver<SubmitTurnResponse> to) {
    answer(
        to,
        () -> {
          Owner owner = owner();
          var asked = new AtomicReference<>(q);
          return replicas.where(
              owner,
              q.getSessionId(),
              () ->
                  SubmitTurnResponse.newBuilder()
                      .setTurn(Turns.turn(wholeTurns.submit(owner, asked.get())))
                      .build(),
              channel -> {
                asked.updateAndGet(it ->
                    it.getRequestId().isEmpty()
                        ? it.toBuilder().setRequestId(passedOn()).build()
                        : it);
                return ConversationServiceGrpc.newBlockingStub(channel).submitTurn(asked.get());
              });
        });
  }

  @Override
  public void cancelTurn(CancelTurnRequest q, StreamObserver<CancelTurnResponse> to) {
    answer(
        to,
        () -> {
          TurnRecord turn = turn(q.getTurnId());
          return replicas.where(
              turn.owner(),
              turn.state().over() ? "" : turn.sessionId(),
              () ->
                  CancelTurnResponse.newBuilder()
                      .setTurn(Turns.turn(wholeTurns.cancel(turn)))
                      .build(),
              channel -> ConversationServiceGrpc.newBlockingStub(channel).cancelTurn(q));
        });
  }

  @Override
  public void downloadTurnMedia(
      DownloadTurnMediaRequest q, StreamObserver<DownloadTurnMediaResponse> responses) {
    ServerStreams.stream(responses, out -> download().send(turn(q.getTurnId()), q, out));
  }

  /**
   * Names a call that is passed on to the session's owner, so that it is taken once when the owner
   * dies over it and it is done here.
   */
  private String passedOn() {
    return "passed-on-" + sessions.parts().ids().get();
  }

  private MediaDownload download() {
    return new MediaDownload(media, sessions.parts().media().orElseThrow());
  }

  private TurnRecord turn(String id) {
    return history.turn(owner(), id);
  }

  private static Owner owner() {
    return Caller.current().owner();
  }

  private static <T> void answer(StreamObserver<T> to, Supplier<T> work) {
    try {
      to.onNext(work.get());
      to.onCompleted();
    } catch (RuntimeException e) {
      to.onError(Failures.toStatus(e));
    }
  }
}
