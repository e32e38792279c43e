package dev.parley.kit.access;

import dev.parley.kit.identity.Identity;
import io.grpc.ServerCall;
import java.util.function.Predicate;

/**
 * How a server finds out who calls.
 *
 * @param tokens reads access tokens
 * @param keys reads keys, where a client may bring one without passing an edge
 * @param unproven who one is that shows nothing: the owner of the machine, or nobody
 * @param ours whether a connection is one of our own services', whose word about the owner counts
 */
public record Gate(Tokens tokens, Keys keys, Identity unproven, Predicate<ServerCall<?, ?>> ours) {
  /** On a machine without accounts: whoever reaches it owns it, and no credential is good. */
  public static Gate machine() {
    return new Gate(Tokens.NONE, Keys.NONE, Identity.machine(), Neighbours::isOne);
  }

  /** Where who shows nothing is nobody. */
  public static Gate identified(Tokens tokens, Keys keys) {
    return new Gate(tokens, keys, Identity.nobody(), Neighbours::isOne);
  }

  /** The same that reads these. */
  public Gate reading(Tokens readTokens, Keys readKeys) {
    return new Gate(readTokens, readKeys, unproven, ours);
  }

  /** The same for a door that clients reach: no connection to it is one of our services'. */
  public Gate outer() {
    return new Gate(tokens, keys, unproven, _ -> false);
  }

  /** The same that knows our services by their connections in this way. */
  public Gate knowing(Predicate<ServerCall<?, ?>> services) {
    return new Gate(tokens, keys, unproven, services);
  }
}
