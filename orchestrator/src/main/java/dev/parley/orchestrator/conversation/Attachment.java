package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One client of a session: a cursor into its log. Input methods may be called from any thread; what
 * they do happens in order on the session's thread.
 */
public final class Attachment {
  private static final int MOST_UNTAKEN = 256;
  final String clientId;
  final Set<Tier> tiers;
  final Outlet outlet;
  private final Session session;
  private final Allowance allowance;
  private final Semaphore untaken = new Semaphore(MOST_UNTAKEN);

  /** Media that is no longer in the log and was read from the journal for this attachment. */
  final ArrayDeque<LoggedEvent> missed = new ArrayDeque<>();

  long cursor;
  long fullSince = -1;
  long toldMediaLost;
  volatile boolean speaker;
  boolean inputEnded;
  boolean closed;

  Attachment(
      Session session,
      String clientId,
      Set<Tier> tiers,
      Outlet outlet,
      long cursor,
      Allowance most) {
    this.session = session;
    this.clientId = clientId;
    this.tiers = Set.copyOf(tiers);
    this.outlet = outlet;
    this.cursor = cursor;
    this.allowance = most;
  }

  /** The session. */
  public Session session() {
    return session;
  }

  /** The client's id among those attached. */
  public String clientId() {
    return clientId;
  }

  /** What it receives. */
  public Set<Tier> tiers() {
    return tiers;
  }

  /** Whether it holds the speaker lease; settled before its first event is offered. */
  public boolean speaker() {
    return speaker;
  }

  /**
   * Something the person does. Waits while much of what came before is not taken yet, so that a
   * client that sends fast is held back by its connection.
   *
   * @throws Failure OVERLOADED when more comes than is allowed, CANCELLED when interrupted
   */
  public void input(Input input) {
    allowance.take(input);
    try {
      while (!untaken.tryAcquire(1, TimeUnit.SECONDS)) {
        if (session.isClosed()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while sending");
    }
    Runnable taking =
        () -> {
          untaken.release();
          session.take(this, input);
        };
    if (input.act() instanceof Input.Act.Audio) {
      session.postUnhurried(taking);
    } else {
      session.post(taking);
    }
  }

  /** There is room again. */
  public void pump() {
    session.post(() -> session.pump(this));
  }

  /** No more input; the attachment ends when all is answered. */
  public void endInput() {
    session.post(() -> session.inputEnded(this));
  }

  /** The client is gone; the session goes on for the others and for its return. */
  public void detach() {
    session.post(() -> session.detach(this));
  }

  boolean takes(Event event) {
    return switch (event.tier()) {
      case TEXT -> true;
      case AUDIO -> tiers.contains(Tier.AUDIO) && !tiers.contains(Tier.VIDEO);
      default -> tiers.contains(event.tier());
    };
  }

  void close() {
    closed = true;
    outlet.close();
  }

  void fail(Failure failure) {
    closed = true;
    outlet.fail(failure);
  }
}
