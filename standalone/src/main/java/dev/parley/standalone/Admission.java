package dev.parley.standalone;

import dev.parley.edge.EdgeBuilder;
import dev.parley.edge.Shown;
import dev.parley.kit.access.CachedTokens;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.orchestrator.Proving;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * How an embedded edge lets people in, wherever it stands: in one process or beside the
 * orchestrator behind Envoy.
 */
public final class Admission {
  private static final Duration TRUST = Duration.ofSeconds(3);

  private Admission() {}

  /** Reads access tokens, and believes one for some seconds after it was looked at. */
  public static Tokens tokens(Proving proving) {
    return new CachedTokens(proving.tokens(), TRUST, InstantSource.system());
  }

  /**
   * The edge, with keys and tickets taken there for what they are good for.
   *
   * @param proving asked for each of them; it may be there later than the edge is made
   */
  public static EdgeBuilder exchanging(EdgeBuilder edge, Supplier<Proving> proving) {
    return edge.exchange(it -> token(proving.get(), it));
  }

  /**
   * The edge, answering to those names and to pages of those origins.
   *
   * @param required whether nobody has rights without a credential: then, where no names are
   *     listed, a name that is not ours does no harm
   */
  public static EdgeBuilder named(
      EdgeBuilder edge, List<String> hosts, List<String> origins, boolean required) {
    hosts.forEach(edge::allowHost);
    origins.forEach(edge::allowOrigin);
    return required && hosts.isEmpty() ? edge.allowAnyHost() : edge;
  }

  private static String token(Proving proving, Shown it) {
    try {
      return it.kind() == Shown.Kind.TICKET
          ? proving.forTicket(it.secret())
          : proving.forKey(it.secret(), it.origin(), it.visitor());
    } catch (Failure refused) {
      throw Failures.toStatus(refused);
    }
  }
}
