package dev.parley.orchestrator.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.conversation.v1.*;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.orchestrator.conversation.Attachment;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Tier;
import dev.parley.orchestrator.conversation.TurnMedia;
import dev.parley.orchestrator.conversation.TurnRecord;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How conversations are reached over gRPC: translates, and does nothing else. */
public final class ConversationGrpc extends ConversationServiceGrpc.ConversationServiceImplBase {
  private final Sessions sessions;
  private final TurnMedia media;
  private final WholeTurns wholeTurns;
  private final Supplier<List<String>> blendshapes;

  /** Over those sessions; {@code blendshapes} names the face's weights. */
  public ConversationGrpc(Sessions sessions, Supplier<List<String>> blendshapes) {
    this.sessions = sessions;
    this.media = new TurnMedia(sessions);
    this.wholeTurns = new WholeTurns(sessions, media);
    this.blendshapes = blendshapes;
  }

  @Override
  public StreamObserver<ClientEvent> converse(StreamObserver<ServerEvent> responses) {
    return ServerStreams.bidi(responses, this::converse);
  }

  private void converse(Inbound<ClientEvent> in, Outbound<ServerEvent> out) {
    Optional<ClientEvent> first = in.take();
    if (first.isEmpty() || !first.get().hasSessionStart()) {
      throw Failure.of(
          Failure.Code.FAILED_PRECONDITION, "OUT_OF_ORDER", "session_start: missing (expected first)");
    }
    SessionStart start = first.get().getSessionStart();
    Session session = begin(start, "");
    Attachment attachment =
        attach(session, start.getClientId(), start.getTiersList(), mode(start), after(start), out);
    try {
      for (var e = in.take(); e.isPresent(); e = in.take()) {
        attachment.input(Inputs.of(e.get()));
      }
      attachment.endInput();
      joined(out, attachment);
    } catch (Failure gone) {
      attachment.detach();
      throw gone;
    }
  }

  private Session begin(SessionStart start, String requestId) {
    Owner owner = owner();
    if (!start.hasResume()) {
      String language = start.getLanguage();
      String who = start.getCharacterId();
      return sessions.open(
          owner, who, language, requestId, Formats.asked(start), start.getGreet());
    }
    Session session = sessions.find(owner, start.getResume().getSessionId());
    if (!session.record().resumeToken().equals(start.getResume().getResumeToken())) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED, "RESUME_TOKEN_INVALID", "resume_token: does not fit");
    }
    return session;
  }

  private static long after(SessionStart start) {
    return start.hasResume() ? start.getResume().getAfterSeq() : 0;
  }

  private static Session.Mode mode(SessionStart start) {
    return switch (start.getAttachMode()) {
      case ATTACH_MODE_SPEAKER -> Session.Mode.SPEAKER;
      case ATTACH_MODE_WATCHER -> Session.Mode.WATCHER;
      case ATTACH_MODE_TAKE_OVER -> Session.Mode.TAKE_OVER;
      default -> Session.Mode.AUTO;
    };
  }

  /** Attaches and writes events on a thread of their own until the end. */
  private Attachment attach(
      Session session,
      String wantedId,
      List<dev.parley.conversation.v1.Tier> asked,
      Session.Mode mode,
      long afterSeq,
      Outbound<ServerEvent> out) {
    var queue = new EventQueue();
    Set<Tier> tiers = Formats.tiers(asked);
    String id = wantedId.isEmpty() ? sessions.parts().ids().get() : wantedId;
    Attachment attachment = session.attach(id, tiers, mode, afterSeq, queue);
    out.onCancel(attachment::detach);
    Thread.ofVirtual().name("events").start(() -> write(queue, attachment, out));
    return attachment;
  }

  private void write(EventQueue queue, Attachment to, Outbound<ServerEvent> out) {
    try {
      for (var e = queue.take(to::pump); e.isPresent(); e = queue.take(to::pump)) {
        out.send(translated(e.get(), to));
      }
      out.complete();
    } catch (Failure failure) {
      out.fail(failure);
    }
  }

  private ServerEvent translated(LoggedEvent e, Attachment to) {
    if (!(e.event() instanceof Event.Started)) {
      return Events.of(e);
    }
    var settings = sessions.parts().settings();
    var started =
        Formats.started(
            to.session(), to.tiers(), to.clientId(), to.speaker(), settings, blendshapes.get());
    return ServerEvent.newBuilder().setSeq(e.seq()).setSessionStarted(started).build();
  }

  private static void joined(Outbound<ServerEvent> out, Attachment attachment) {
    while (!out.isClosed() && !attachment.session().isClosed()) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void openSession(OpenSessionRequest q, StreamObserver<OpenSessionResponse> to) {
    answer(
        to,
        () -> {
          SessionStart start = q.getStart();
          Session session = begin(start, q.getRequestId());
          String id =
              start.getClientId().isEmpty() ? sessions.parts().ids().get() : start.getClientId();
          var started =
              Formats.started(
                  session,
                  Formats.tiers(start.getTiersList()),
                  id,
                  true,
                  sessions.parts().settings(),
                  blendshapes.get());
          long seq = start.hasResume() ? 0 : 1;
          return OpenSessionResponse.newBuilder().setStarted(started).setSeq(seq).build();
        });
  }

  @Override
  public void sendInput(SendInputRequest q, StreamObserver<SendInputResponse> to) {
    answer(
        to,
        () -> {
          Session session = sessions.find(owner(), q.getSessionId());
          var inputs = q.getEventsList().stream().map(Inputs::of).toList();
          long taken = session.send(q.getClientId(), inputs).orTimeout(10, TimeUnit.SECONDS).join();
          return SendInputResponse.newBuilder().setTakenClientSeq(taken).build();
        });
  }

  @Override
  public void subscribe(SubscribeRequest q, StreamObserver<ServerEvent> responses) {
    ServerStreams.stream(
        responses,
        out -> {
          Session session = sessions.find(owner(), q.getSessionId());
          var mode = q.getClientId().isEmpty() ? Session.Mode.WATCHER : Session.Mode.AUTO;
          joined(
              out,
              attach(session, q.getClientId(), q.getTiersList(), mode, q.getAfterSeq(), out));
        });
  }

  @Override
  public void listSessions(ListSessionsRequest q, StreamObserver<ListSessionsResponse> to) {
    answer(
        to,
        () -> {
          var page =
              sessions
                  .parts()
                  .sessions()
                  .list(owner(), q.getCharacterId(), size(q.getPageSize()), q.getPageToken());
          var list = ListSessionsResponse.newBuilder().setNextPageToken(page.nextToken());
          page.items().forEach(s -> list.addSessions(Turns.session(s, sessions.isLive(s.id()))));
          return list.build();
        });
  }

  @Override
  public void getSession(GetSessionRequest q, StreamObserver<GetSessionResponse> to) {
    answer(
        to,
        () -> {
          var record = sessions.record(owner(), q.getSessionId());
          var session = Turns.session(record, sessions.isLive(record.id()));
          return GetSessionResponse.newBuilder().setSession(session).build();
        });
  }

  @Override
  public void deleteSession(DeleteSessionRequest q, StreamObserver<DeleteSessionResponse> to) {
    answer(
        to,
        () -> {
          sessions.delete(owner(), q.getSessionId());
          return DeleteSessionResponse.getDefaultInstance();
        });
  }

  @Override
  public void listTurns(ListTurnsRequest q, StreamObserver<ListTurnsResponse> to) {
    answer(
        to,
        () -> {
          sessions.record(owner(), q.getSessionId());
          int size = size(q.getPageSize());
          var page =
              sessions.parts().turns().list(owner(), q.getSessionId(), size, q.getPageToken());
          var list = ListTurnsResponse.newBuilder().setNextPageToken(page.nextToken());
          page.items().forEach(t -> list.addTurns(Turns.turn(t)));
          return list.build();
        });
  }

  @Override
  public void getTurn(GetTurnRequest q, StreamObserver<GetTurnResponse> to) {
    answer(
        to,
        () -> GetTurnResponse.newBuilder().setTurn(Turns.turn(turn(q.getTurnId()))).build());
  }

  @Override
  public void respond(RespondRequest q, StreamObserver<RespondResponse> to) {
    answer(
        to,
        () -> {
          TurnRecord turn = wholeTurns.respond(owner(), q);
          return RespondResponse.newBuilder().setTurn(Turns.turn(turn)).build();
        });
  }

  @Override
  public void submitTurn(SubmitTurnRequest q, StreamObserver<SubmitTurnResponse> to) {
    answer(
        to,
        () -> {
          TurnRecord turn = wholeTurns.submit(owner(), q);
          return SubmitTurnResponse.newBuilder().setTurn(Turns.turn(turn)).build();
        });
  }

  @Override
  public void cancelTurn(CancelTurnRequest q, StreamObserver<CancelTurnResponse> to) {
    answer(
        to,
        () -> {
          TurnRecord turn = wholeTurns.cancel(turn(q.getTurnId()));
          return CancelTurnResponse.newBuilder().setTurn(Turns.turn(turn)).build();
        });
  }

  @Override
  public void downloadTurnMedia(
      DownloadTurnMediaRequest q, StreamObserver<DownloadTurnMediaResponse> responses) {
    ServerStreams.stream(
        responses,
        out -> {
          TurnRecord turn = turn(q.getTurnId());
          if (q.getMedia() == dev.parley.conversation.v1.TurnMedia.TURN_MEDIA_CAPTIONS) {
            byte[] vtt = media.captions(turn);
            copy(new java.io.ByteArrayInputStream(vtt), vtt.length, "text/vtt", q, out, true);
            return;
          }
          boolean video = q.getMedia() == dev.parley.conversation.v1.TurnMedia.TURN_MEDIA_VIDEO;
          String key = video ? media.video(turn) : media.audio(turn);
          MediaStore store = sessions.parts().media().orElseThrow();
          MediaStore.Info info =
              store.stat(key).orElseThrow(() -> Failure.notFound("turn", q.getTurnId()));
          InputStream in = store.read(key, Math.min(q.getOffset(), info.size()), q.getLength());
          copy(in, info.size(), info.contentType(), q, out, false);
        });
  }

  private static void copy(
      InputStream from,
      long total,
      String type,
      DownloadTurnMediaRequest q,
      Outbound<DownloadTurnMediaResponse> out,
      boolean whole) {
    try (from) {
      if (whole) {
        from.skipNBytes(Math.min(total, q.getOffset()));
      }
      long left = q.getLength() == 0 ? Long.MAX_VALUE : q.getLength();
      var first = DownloadTurnMediaResponse.newBuilder().setTotalBytes(total).setContentType(type);
      byte[] bytes = from.readNBytes((int) Math.min(left, 65536));
      out.send(first.setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
      left -= bytes.length;
      for (bytes = from.readNBytes((int) Math.min(left, 65536));
          bytes.length > 0;
          bytes = from.readNBytes((int) Math.min(left, 65536))) {
        left -= bytes.length;
        var data = UnsafeByteOperations.unsafeWrap(bytes);
        out.send(DownloadTurnMediaResponse.newBuilder().setData(data).build());
      }
    } catch (IOException e) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "media could not be read")
          .causedBy(e);
    }
  }

  private TurnRecord turn(String id) {
    return sessions
        .parts()
        .turns()
        .find(owner(), id)
        .orElseThrow(() -> Failure.notFound("turn", id));
  }

  private static int size(int asked) {
    return asked == 0 ? 50 : asked;
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
