package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells who presents a key or a ticket. Thread-safe; blocks for one look into a store at most, and
 * for keys mostly for none. Answers for keys may be believed for {@link #TRUST}: then a revoked key
 * opens nothing.
 */
public interface Authenticator {
  /** So long the answer for a key may be believed. */
  Duration TRUST = Duration.ofSeconds(3);

  /**
   * Whose key it is; empty when it is none, has ended, was revoked, or is not good there.
   *
   * @param secret as sent in {@code x-api-key} or after {@code Bearer}
   * @param origin the {@code Origin} of the page that calls; empty when no page does
   * @param visitor what a page calls its visitor, as sent in {@code x-parley-visitor}: each is a
   *     person of its own to a widget's key. Empty makes a new one, so such an answer is for one
   *     call only
   * @throws Failure STORE_FAILED
   */
  Optional<Identity> byKey(String secret, String origin, String visitor);

  /**
   * Whose ticket it is, which is used up with that; empty when it is none, ended or used before.
   *
   * @param ticket what follows {@code parley.ticket.} in the WebSocket's subprotocol
   * @throws Failure STORE_FAILED
   */
  Optional<Identity> byTicket(String ticket);
}
