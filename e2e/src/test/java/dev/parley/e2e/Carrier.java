package dev.parley.e2e;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import java.time.Duration;
import java.util.Optional;

/** One way to talk, spoken by hand as a client of that kind would. */
enum Carrier {
  GRPC {
    @Override
    Talk open(int port, SessionStart start) {
      return new GrpcTalk(port, start);
    }

    @Override
    Talk resume(int port, SessionStarted session, SessionStart start, long afterSeq) {
      return new GrpcTalk(port, resuming(session, start, afterSeq));
    }
  },
  WEB_SOCKET {
    @Override
    Talk open(int port, SessionStart start) {
      return new SocketTalk(port, start);
    }

    @Override
    Talk resume(int port, SessionStarted session, SessionStart start, long afterSeq) {
      return new SocketTalk(port, resuming(session, start, afterSeq));
    }
  },
  GRPC_WEB {
    @Override
    Talk open(int port, SessionStart start) {
      return GrpcWebTalk.open(port, start);
    }

    @Override
    Talk resume(int port, SessionStarted session, SessionStart start, long afterSeq) {
      return GrpcWebTalk.subscribed(port, session, start, afterSeq);
    }
  },
  REST {
    @Override
    Talk open(int port, SessionStart start) {
      return RestTalk.open(port, start);
    }

    @Override
    Talk resume(int port, SessionStarted session, SessionStart start, long afterSeq) {
      return RestTalk.subscribed(port, session, start, afterSeq);
    }
  };

  /** Begins a session. The first event is {@code session_started}, however the carrier says it. */
  abstract Talk open(int port, SessionStart start);

  /** Comes back after a number. */
  abstract Talk resume(int port, SessionStarted session, SessionStart start, long afterSeq);

  private static SessionStart resuming(SessionStarted session, SessionStart start, long afterSeq) {
    SessionStart.Builder again =
        start.toBuilder().clearCharacterId().clearGreet().setClientId(session.getClientId());
    again
        .getResumeBuilder()
        .setSessionId(session.getSessionId())
        .setResumeToken(session.getResumeToken())
        .setAfterSeq(afterSeq);
    return again.build();
  }

  /** A conversation on one connection. */
  interface Talk extends AutoCloseable {
    /** The next event; empty when the connection ended, well or not. */
    Optional<ServerEvent> next(Duration limit);

    void send(ClientEvent event);

    @Override
    void close();
  }
}
