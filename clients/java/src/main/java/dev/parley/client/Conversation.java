package dev.parley.client;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.TextInput;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * A conversation that outlives its connections. When one breaks, it attaches again after the last
 * number it has, and sends again what the server had not taken: nothing is lost, nothing comes
 * twice. One thread may read while another sends.
 */
public final class Conversation implements AutoCloseable {
  private static final int TRIES = 9;
  private static final long FIRST_WAIT_MS = 50;
  private static final long LONGEST_WAIT_MS = 2_000;

  private final Function<SessionStart, Attachment> door;
  private final SessionStart asked;
  private final Deque<ClientEvent> untaken = new ArrayDeque<>();
  private volatile Attachment attachment;
  private SessionStarted session;
  private long lastSeq;
  private long clientSeq;

  Conversation(Function<SessionStart, Attachment> door, SessionStart start) {
    this.door = door;
    this.asked = start;
    this.lastSeq = start.getResume().getAfterSeq();
    this.session =
        SessionStarted.newBuilder()
            .setSessionId(start.getResume().getSessionId())
            .setResumeToken(start.getResume().getResumeToken())
            .setClientId(start.getClientId())
            .build();
    this.attachment = door.apply(start);
  }

  /** The session as last told; the start of it comes as the first event. */
  public synchronized SessionStarted session() {
    return session;
  }

  /** The last number received; what a later {@code resume} goes on after. */
  public synchronized long lastSeq() {
    return lastSeq;
  }

  /**
   * The next event; empty when the session is over.
   *
   * @throws ParleyException DEADLINE_EXCEEDED when nothing came for so long; else why the
   *     conversation cannot go on
   */
  public Optional<ServerEvent> next(Duration limit) {
    while (true) {
      Attachment from = attachment;
      try {
        Optional<ServerEvent> event = from.next(limit);
        event.ifPresent(this::take);
        return event;
      } catch (ParleyException broken) {
        if (!broken.resumable()) {
          throw broken;
        }
        if (from == attachment) {
          comeBack(broken);
        }
      }
    }
  }

  private synchronized void take(ServerEvent event) {
    lastSeq = Math.max(lastSeq, event.getSeq());
    if (event.hasSessionStarted()) {
      SessionStarted told = event.getSessionStarted();
      String token =
          told.getResumeToken().isEmpty() ? session.getResumeToken() : told.getResumeToken();
      session = told.toBuilder().setResumeToken(token).build(); // A watcher is not told it again.
      taken(session.getTakenClientSeq());
    } else if (event.hasHeartbeat()) {
      taken(event.getHeartbeat().getTakenClientSeq());
    }
  }

  private void taken(long highest) {
    clientSeq = Math.max(clientSeq, highest);
    untaken.removeIf(event -> event.getClientSeq() <= highest);
  }

  private void comeBack(ParleyException broken) {
    ParleyException last = broken;
    for (int i = 0; i < TRIES; i++) {
      pause(i);
      try {
        attach();
        return;
      } catch (ParleyException again) {
        last = again;
        if (!again.resumable()) {
          break;
        }
      }
    }
    throw last;
  }

  private static void pause(int tries) {
    try {
      Thread.sleep(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << tries));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ParleyException.unavailable("interrupted", e);
    }
  }

  private synchronized void attach() {
    if (session.getSessionId().isEmpty()) {
      attachment = door.apply(asked); // Nothing was begun yet.
      return;
    }
    SessionStart.Builder again =
        asked.toBuilder().clearCharacterId().clearGreet().setClientId(session.getClientId());
    again
        .getResumeBuilder()
        .setSessionId(session.getSessionId())
        .setResumeToken(session.getResumeToken())
        .setAfterSeq(lastSeq);
    attachment.close();
    attachment = door.apply(again.build());
    untaken.forEach(attachment::send);
  }

  /** Sends; an event that must arrive and has no {@code client_seq} gets the next one. */
  public synchronized void send(ClientEvent event) {
    ClientEvent numbered = numbered(event);
    if (numbered.getClientSeq() > 0) {
      untaken.add(numbered);
      clientSeq = Math.max(clientSeq, numbered.getClientSeq());
    }
    try {
      attachment.send(numbered);
    } catch (ParleyException broken) {
      if (!broken.resumable()) {
        untaken.remove(numbered);
        throw broken;
      } // Else the reader comes back and sends it again.
    }
  }

  private ClientEvent numbered(ClientEvent event) {
    boolean counted =
        event.hasTextInput()
            || event.hasEndOfInput()
            || event.hasInterrupt()
            || event.hasToolResult()
            || event.hasEndSession();
    return event.getClientSeq() == 0 && counted
        ? event.toBuilder().setClientSeq(clientSeq + 1).build()
        : event;
  }

  /** Says something by keyboard. */
  public void say(String text) {
    send(ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text)).build());
  }

  /** Stops the character; {@code heardUs} is how far the turn was played, in microseconds. */
  public void interrupt(long heardUs) {
    send(ClientEvent.newBuilder().setInterrupt(Interrupt.newBuilder().setHeardUs(heardUs)).build());
  }

  /** Breaks the connection, as a network would; the next event comes over a new one. */
  public void cut() {
    attachment.close();
    comeBack(ParleyException.unavailable("the connection was cut", null));
  }

  /** Leaves; the session lives on for whoever comes back. */
  @Override
  public void close() {
    attachment.close();
  }
}
