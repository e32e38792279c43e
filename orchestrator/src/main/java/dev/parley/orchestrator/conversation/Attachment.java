package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.Set;

/**
 * One client of a session: a cursor into its log. Input methods may be called from any thread; what
 * they do happens in order on the session's thread.
 */
public final class Attachment {
  final String clientId;
  final Set<Tier> tiers;
  final Outlet outlet;
  private final Session session;
  long cursor;
  volatile boolean speaker;
  boolean inputEnded;
  boolean closed;

  Attachment(
      Session session, String clientId, Set<Tier> tiers, Outlet outlet, long cursor, boolean speaker) {
    this.session = session;
    this.clientId = clientId;
    this.tiers = Set.copyOf(tiers);
    this.outlet = outlet;
    this.cursor = cursor;
    this.speaker = speaker;
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

  /** Something the person does. */
  public void input(Input input) {
    session.post(() -> session.take(this, input));
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
