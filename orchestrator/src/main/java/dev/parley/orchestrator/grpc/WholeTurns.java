package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SubmitTurnRequest;
import dev.parley.conversation.v1.VideoFormat;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Attachment;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.Outlet;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Tier;
import dev.parley.orchestrator.conversation.TurnMedia;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnRequest;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.type.v1.AudioFormat;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Whole turns in one call: run in a session without pacing, waited for or not. Thread-safe. */
final class WholeTurns {
  private static final int LONGEST_SECONDS = 300;
  private static final long LOST_SECONDS = 10;
  private final Sessions sessions;
  private final TurnMedia media;
  private final RequestsUnderway requests =
      new RequestsUnderway(Duration.ofSeconds(LONGEST_SECONDS));

  WholeTurns(Sessions sessions, TurnMedia media) {
    this.sessions = sessions;
    this.media = media;
  }

  /** Runs a turn to its end. */
  TurnRecord respond(Owner owner, RespondRequest q) {
    return requests.alone(owner, q.getRequestId(), () -> responded(owner, q));
  }

  private TurnRecord responded(Owner owner, RespondRequest q) {
    Optional<TurnRecord> before = repeated(owner, q.getRequestId());
    if (before.isPresent() && before.get().state().over()) {
      return before.get();
    }
    Set<Tier> tiers = Formats.tiers(q.getTiersList());
    Session session =
        before
            .map(it -> sessions.find(owner, it.sessionId()))
            .orElseGet(() -> session(owner, q.getCharacterId(), q.getSessionId(), q.getVideo()));
    Optional<TurnRequest> underway = asked(session, q.getRequestId());
    String turnId;
    if (underway.isPresent() || before.isPresent()) {
      turnId = underway.map(TurnRequest::turnId).orElseGet(() -> before.get().id());
      await(session, turnId, () -> {}, underway.isPresent() ? LONGEST_SECONDS : LOST_SECONDS);
    } else {
      String text =
          q.hasText()
              ? q.getText()
              : heard(session, q.getAudio().toByteArray(), q.getAudioFormat());
      TurnRequest request = request(text, !q.hasText(), tiers, q.getRequestId());
      turnId = request.turnId();
      await(session, turnId, () -> session.submit(request), LONGEST_SECONDS);
    }
    TurnRecord turn =
        sessions
            .parts()
            .turns()
            .find(owner, turnId)
            .orElseThrow(() -> Failure.notFound("turn", turnId));
    if (tiers.contains(Tier.VIDEO) && !turn.mediaDuration().isZero()) {
      media.video(turn);
    }
    return turn;
  }

  /** Accepts a turn and runs it meanwhile. */
  TurnRecord submit(Owner owner, SubmitTurnRequest q) {
    return repeated(owner, q.getRequestId())
        .orElseGet(() -> requests.alone(owner, q.getRequestId(), () -> submitted(owner, q)));
  }

  private TurnRecord submitted(Owner owner, SubmitTurnRequest q) {
    Optional<TurnRecord> before = repeated(owner, q.getRequestId());
    if (before.isPresent()) {
      return before.get();
    }
    Session session = session(owner, q.getCharacterId(), q.getSessionId(), q.getVideo());
    Optional<TurnRequest> underway = asked(session, q.getRequestId());
    if (underway.isPresent()) {
      return queued(session, underway.get());
    }
    Set<Tier> tiers = Formats.tiers(q.getTiersList());
    String text =
        q.hasText() ? q.getText() : heard(session, q.getAudio().toByteArray(), q.getAudioFormat());
    TurnRequest request = request(text, !q.hasText(), tiers, q.getRequestId());
    session.accept(request).orTimeout(LOST_SECONDS, TimeUnit.SECONDS).join();
    TurnRecord queued = queued(session, request);
    sessions.parts().turns().save(queued);
    return queued;
  }

  /** Stops a turn and waits a moment for what was heard of it. */
  TurnRecord cancel(TurnRecord turn) {
    Optional<Session> live = sessions.ifLive(turn.sessionId());
    if (turn.state().over() || live.isEmpty()) {
      return turn;
    }
    CompletableFuture<Void> over = new CompletableFuture<>();
    Attachment watcher = watch(live.get(), turn.id(), over);
    live.get().cancel(turn.id());
    over.completeOnTimeout(null, 3, TimeUnit.SECONDS).exceptionally(_ -> null).join();
    watcher.detach();
    return sessions.parts().turns().find(turn.owner(), turn.id()).orElse(turn);
  }

  private Optional<TurnRecord> repeated(Owner owner, String requestId) {
    return requestId.isEmpty()
        ? Optional.empty()
        : sessions.parts().turns().findByRequest(owner, requestId);
  }

  /** A session that another process had may be asked for what that one took. */
  private static Optional<TurnRequest> asked(Session session, String requestId) {
    return requestId.isEmpty()
        ? Optional.empty()
        : session.asked(requestId).orTimeout(LOST_SECONDS, TimeUnit.SECONDS).join();
  }

  private Session session(Owner owner, String characterId, String sessionId, VideoFormat video) {
    if (!sessionId.isEmpty()) {
      return sessions.find(owner, sessionId);
    }
    SessionStart start = SessionStart.newBuilder().setVideo(video).build();
    return sessions.open(owner, characterId, "", "", Formats.asked(start), false);
  }

  private String heard(Session session, byte[] audio, AudioFormat format) {
    Listener listener =
        sessions
            .parts()
            .listener()
            .orElseThrow(() ->
                Failure.of(
                    Failure.Code.UNAVAILABLE, "RECOGNITION_FAILED", "no recogniser is attached"));
    var encoding = Formats.encoding(format, Listener.Encoding.CONTAINER);
    var request =
        new Listener.Request(
            session.record().owner(),
            encoding,
            format.getSampleRateHz(),
            session.record().language());
    String text = listener.recognize(audio, request).text().strip();
    if (text.isEmpty()) {
      throw Failure.of(
          Failure.Code.INVALID_ARGUMENT, "RECOGNITION_FAILED", "audio: no speech in it");
    }
    return text;
  }

  private TurnRequest request(String text, boolean spoken, Set<Tier> asked, String requestId) {
    Set<Tier> tiers = EnumSet.copyOf(asked);
    if (tiers.remove(Tier.VIDEO)) {
      tiers.add(Tier.AUDIO);
    }
    return new TurnRequest(sessions.parts().ids().get(), text, spoken, "", false, tiers, requestId);
  }

  /** Has it begun and waits for its end, which may be in the log already. */
  private static void await(Session session, String turnId, Runnable begin, long seconds) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Attachment watcher = watch(session, turnId, over);
    try {
      begin.run();
      over.orTimeout(seconds, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      session.cancel(turnId);
      throw e.getCause() instanceof Failure failure ? failure : late(seconds);
    } finally {
      watcher.detach();
    }
  }

  private static Failure late(long seconds) {
    return seconds == LOST_SECONDS
        ? Failure.of(
            Failure.Code.UNAVAILABLE,
            "SESSION_ELSEWHERE",
            "the process that took the turn is gone and its end is not known; look with GetTurn, or"
                + " ask again with another request_id")
        : Failure.of(Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the turn took too long");
  }

  private static Attachment watch(Session session, String turnId, CompletableFuture<Void> over) {
    Outlet outlet =
        new Outlet() {
          private boolean ended;

          @Override
          public boolean offer(LoggedEvent e) {
            ended |= e.event() instanceof Event.Ended;
            if (e.event() instanceof Event.TurnCompleted && e.turnId().equals(turnId)) {
              over.complete(null);
            }
            return true;
          }

          @Override
          public void close() {
            over.completeExceptionally(ended ? Session.ended() : Session.elsewhere());
          }

          @Override
          public void fail(Failure failure) {
            over.completeExceptionally(failure);
          }
        };
    return session.attach("turn-" + turnId, Set.of(Tier.TEXT), Session.Mode.WATCHER, 0, outlet);
  }

  private static TurnRecord queued(Session session, TurnRequest r) {
    return TurnRecord.unspoken(session.record(), r, TurnState.QUEUED);
  }
}
