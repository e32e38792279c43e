package dev.parley.cli.talk;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Ping;
import dev.parley.conversation.v1.Resume;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One conversation that outlives its connections: it goes on after the last event it has seen, and
 * sends again what the server has not taken. One thread receives; any may send.
 */
final class Conversation implements AutoCloseable {
  private static final List<Duration> WAITS =
      List.of(250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000).stream()
          .map(Duration::ofMillis)
          .toList();
  private static final Set<Failure.Code> LOST =
      Set.of(Failure.Code.UNAVAILABLE, Failure.Code.INTERNAL, Failure.Code.CANCELLED);
  private static final int MOST_UNTAKEN = 50;

  private final Channel channel;
  private final SessionStart first;
  private final Consumer<String> notices;
  private final Deque<ClientEvent> untaken = new ArrayDeque<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private ClientStream<ClientEvent, ServerEvent> stream;
  private SessionStarted session = SessionStarted.getDefaultInstance();
  private long lastSeq;
  private long clientSeq;

  /**
   * Begins a conversation.
   *
   * @param notices is told of lost and found connections
   * @throws Failure when the server is not there or refuses
   */
  Conversation(Channel channel, SessionStart start, Consumer<String> notices) {
    this.channel = channel;
    this.first = start.toBuilder().setClientId(Ids.next()).build();
    this.notices = notices;
    connect(first);
  }

  /** What was negotiated. */
  synchronized SessionStarted session() {
    return session;
  }

  /** Sends something that counts: it arrives once, whatever happens to the connection. */
  synchronized void send(ClientEvent.Builder event) {
    untaken.add(event.setClientSeq(++clientSeq).build());
    if (untaken.size() > MOST_UNTAKEN) {
      untaken.remove();
    }
    transmit(untaken.getLast());
    transmit(ClientEvent.newBuilder().setPing(Ping.getDefaultInstance()).build());
  }

  /** Sends something of the moment: sound, how far it was played. Lost with the connection. */
  synchronized void sendNow(ClientEvent.Builder event) {
    transmit(event.build());
  }

  /**
   * The next event; empty when the conversation is over.
   *
   * @throws Failure when the server refuses to go on, or is gone for longer than a minute
   */
  Optional<ServerEvent> receive() {
    while (true) {
      try {
        Optional<ServerEvent> event = current().receive();
        if (event.isEmpty() || fresh(event.get())) {
          return event;
        }
      } catch (Failure failure) {
        if (left.getCount() == 0) {
          return Optional.empty();
        }
        if (!LOST.contains(failure.code())) {
          throw failure;
        }
        comeBack(failure);
      }
    }
  }

  /** Leaves; the session stays on the server until it has been idle for long. */
  @Override
  public void close() {
    left.countDown();
    current().close();
  }

  private synchronized ClientStream<ClientEvent, ServerEvent> current() {
    return stream;
  }

  private void comeBack(Failure lost) {
    notices.accept("! connection lost (" + lost.getMessage() + "); trying again");
    Failure last = lost;
    for (Duration wait : WAITS) {
      try {
        if (left.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        connect(resume());
        notices.accept("! connected again");
        return;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw lost;
      } catch (Failure again) {
        if (!LOST.contains(again.code())) {
          throw again;
        }
        last = again;
      }
    }
    throw last;
  }

  private synchronized SessionStart resume() {
    return first.toBuilder()
        .setGreet(false)
        .setResume(
            Resume.newBuilder()
                .setSessionId(session.getSessionId())
                .setResumeToken(session.getResumeToken())
                .setAfterSeq(lastSeq))
        .build();
  }

  private void connect(SessionStart start) {
    ClientStream<ClientEvent, ServerEvent> fresh =
        ClientStream.open(
            channel, ConversationServiceGrpc.getConverseMethod(), CallOptions.DEFAULT);
    try {
      fresh.send(ClientEvent.newBuilder().setSessionStart(start).build());
    } catch (Failure over) {
      fresh.receive(); // Throws why the call is over.
      throw over;
    }
    ServerEvent event = fresh.receive().orElseThrow();
    synchronized (this) {
      stream = fresh;
      session = event.getSessionStarted();
      lastSeq = Math.max(lastSeq, event.getSeq());
      taken(session.getTakenClientSeq());
      untaken.forEach(this::transmit);
    }
  }

  /** Keeps count; false for what was seen before or is only of use here. */
  private synchronized boolean fresh(ServerEvent event) {
    if (event.hasHeartbeat()) {
      taken(event.getHeartbeat().getTakenClientSeq());
      return false;
    }
    if (event.hasSessionStarted() || (event.getSeq() > 0 && event.getSeq() <= lastSeq)) {
      return false;
    }
    lastSeq = Math.max(lastSeq, event.getSeq());
    return true;
  }

  private void taken(long seq) {
    untaken.removeIf(event -> event.getClientSeq() <= seq);
  }

  private void transmit(ClientEvent event) {
    try {
      stream.send(event);
    } catch (Failure lost) {
      // The receiving thread sees the same and comes back; then what is untaken is sent again.
      System.getLogger("parley.talk").log(System.Logger.Level.DEBUG, "not sent now", lost);
    }
  }
}
