package dev.parley.e2e;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.TurnState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Types one question after the other into one session, whatever becomes of its connections, and
 * notes whatever is not as it should be: an answer that is missing, cut or there twice.
 */
final class ChattyClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As long as somebody reads an answer and types. */
  private static final Duration BETWEEN = Duration.ofMillis(2_500);

  private final int port;
  private final SessionStart start;
  private final List<String> wrong = new ArrayList<>();
  private final StringBuilder answer = new StringBuilder();
  private Optional<SessionStarted> session = Optional.empty();
  private long lastSeq;
  private volatile int asked;
  private int answered;
  private int cuts;

  ChattyClient(int port, SessionStart start) {
    this.port = port;
    this.start = start;
  }

  /** Asks and listens until it is enough, then until all is answered. */
  ChattyClient talk(BooleanSupplier enough) throws InterruptedException {
    long heard = System.nanoTime();
    while (!(enough.getAsBoolean() && asked > 0 && answered == asked)) {
      int before = answered;
      try (Carrier.Talk talk = open()) {
        talk(talk, enough);
      } catch (RuntimeException cut) {
        cuts++;
      }
      heard = answered > before ? System.nanoTime() : heard;
      if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        wrong.add("no answer to question " + asked + " within " + PATIENCE);
        return this;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return this;
  }

  private void talk(Carrier.Talk talk, BooleanSupplier enough) throws InterruptedException {
    if (session.isEmpty()) {
      read(talk, () -> session.isPresent());
    }
    while (!enough.getAsBoolean() || answered < asked) {
      if (answered == asked) {
        TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
        asked++;
      }
      talk.send(Talking.text(asked, "What is your name?"));
      read(talk, () -> answered == asked);
    }
  }

  private Carrier.Talk open() {
    return session.isEmpty()
        ? Carrier.GRPC.open(port, start)
        : Carrier.GRPC.resume(port, session.get(), start, lastSeq);
  }

  private void read(Carrier.Talk talk, BooleanSupplier until) {
    while (!until.getAsBoolean()) {
      take(talk.next(Duration.ofSeconds(10)).orElseThrow());
    }
  }

  private void take(ServerEvent event) {
    if (event.hasSessionStarted()) {
      session = session.or(() -> Optional.of(event.getSessionStarted()));
    }
    if (event.getSeq() > 0) {
      if (event.getSeq() <= lastSeq) {
        wrong.add("number " + event.getSeq() + " after " + lastSeq);
      }
      lastSeq = event.getSeq();
    }
    switch (event.getEventCase()) {
      case TURN_STARTED -> answer.setLength(0);
      case TEXT_DELTA -> answer.append(event.getTextDelta().getText());
      case TURN_COMPLETED -> ended(event);
      default -> {}
    }
  }

  private void ended(ServerEvent event) {
    answered++;
    var turn = event.getTurnCompleted();
    boolean whole = turn.getState() == TurnState.TURN_STATE_COMPLETED;
    if (!whole || answer.isEmpty() || !turn.getReplyText().contentEquals(answer)) {
      wrong.add(turn.getState() + " '" + turn.getReplyText() + "' after '" + answer + "'");
    }
  }

  /** Everything that was not as it should be. */
  List<String> wrong() {
    return wrong;
  }

  /** Whether somebody answered it. */
  boolean isTalking() {
    return asked > 1;
  }

  int asked() {
    return asked;
  }

  /** How often its connection ended under it. */
  int cuts() {
    return cuts;
  }

  /** In which session; empty before there was one. */
  String sessionId() {
    return session.map(SessionStarted::getSessionId).orElse("");
  }
}
