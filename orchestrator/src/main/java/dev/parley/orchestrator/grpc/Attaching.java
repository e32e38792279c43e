package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.Outbound;
import dev.parley.orchestrator.conversation.Attachment;
import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Tier;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** How a client comes into a session and gets its events. Thread-safe. */
final class Attaching {
  private final Sessions sessions;
  private final Supplier<List<String>> blendshapes;

  Attaching(Sessions sessions, Supplier<List<String>> blendshapes) {
    this.sessions = sessions;
    this.blendshapes = blendshapes;
  }

  /** The blendshape names of the face, as far as they are known. */
  List<String> blendshapes() {
    return blendshapes.get();
  }

  /** Opens a session; with a request id used before, gives the session of then. */
  Session open(Owner owner, SessionStart start, String requestId) {
    String language = start.getLanguage();
    String who = start.getCharacterId();
    return sessions.open(owner, who, language, requestId, Formats.asked(start), start.getGreet());
  }

  /** The session to go on with, when the client proves that it belongs there. */
  Session resumed(Session session, SessionStart start) {
    if (!session.record().resumeToken().equals(start.getResume().getResumeToken())) {
      throw Failure.of(
          Failure.Code.PERMISSION_DENIED, "RESUME_TOKEN_INVALID", "resume_token: does not fit");
    }
    return session;
  }

  /** An attachment and the thread that writes its events. */
  record Attached(Attachment attachment, Thread writer) {
    /** Waits until all is written or the client is gone. */
    void join() {
      try {
        writer.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Attaches as the start says and writes events on a thread of their own until the end. */
  Attached attach(Session session, SessionStart start, Outbound<ServerEvent> out) {
    long after = start.hasResume() ? start.getResume().getAfterSeq() : 0;
    var tiers = start.getTiersList();
    return attach(session, start.getClientId(), tiers, mode(start), after, out);
  }

  private static Session.Mode mode(SessionStart start) {
    return switch (start.getAttachMode()) {
      case ATTACH_MODE_SPEAKER -> Session.Mode.SPEAKER;
      case ATTACH_MODE_WATCHER -> Session.Mode.WATCHER;
      case ATTACH_MODE_TAKE_OVER -> Session.Mode.TAKE_OVER;
      default -> Session.Mode.AUTO;
    };
  }

  /** Attaches after a number. */
  Attached attach(
      Session session,
      String wantedId,
      List<dev.parley.conversation.v1.Tier> asked,
      Session.Mode mode,
      long afterSeq,
      Outbound<ServerEvent> out) {
    var queue = new EventQueue(out::fail);
    Set<Tier> tiers = asked.isEmpty() ? session.formats().tiers() : Formats.tiers(asked);
    String id = wantedId.isEmpty() ? sessions.parts().ids().get() : wantedId;
    Attachment attachment = session.attach(id, tiers, mode, afterSeq, queue);
    out.onOver(attachment::detach);
    Thread writer = Thread.ofVirtual().name("events").start(() -> write(queue, attachment, out));
    return new Attached(attachment, writer);
  }

  private void write(EventQueue queue, Attachment to, Outbound<ServerEvent> out) {
    try {
      for (var e = queue.take(to::pump); e.isPresent(); e = queue.take(to::pump)) {
        out.send(translated(e.get(), to));
      }
      out.complete();
    } catch (RuntimeException failure) {
      to.detach();
      out.fail(failure);
    }
  }

  private ServerEvent translated(LoggedEvent e, Attachment to) {
    if (!(e.event() instanceof Event.Started)) {
      return Events.of(e);
    }
    var started =
        Formats.started(
            to.session(),
            to.tiers(),
            to.clientId(),
            to.speaker(),
            sessions.parts(),
            blendshapes.get());
    return ServerEvent.newBuilder().setSeq(e.seq()).setSessionStarted(started).build();
  }
}
