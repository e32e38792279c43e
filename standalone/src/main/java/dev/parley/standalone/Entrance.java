package dev.parley.standalone;

import dev.parley.edge.EdgeBuilder;
import dev.parley.edge.Shown;
import dev.parley.kit.access.CachedTokens;
import dev.parley.kit.access.Gate;
import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.host.Books;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.Proving;
import dev.parley.type.v1.CostClass;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who comes in, and who writes down what they do. The orchestrator, which knows people and keys,
 * starts after services that ask: until then no credential is good.
 */
final class Entrance {
  private static final Duration TRUST = Duration.ofSeconds(3);

  private final boolean required;
  private volatile Optional<Proving> proving = Optional.empty();
  private volatile Tokens tokens = Tokens.NONE;
  private volatile Keys keys = Keys.NONE;
  private volatile Books books = Books.NONE;

  /** Lets in only who proves who it is, or on loopback also the owner of the machine. */
  Entrance(boolean required) {
    this.required = required;
  }

  /** From now on this one tells who shows what. */
  void open(OrchestratorService orchestrator) {
    Proving opened = orchestrator.proving();
    tokens = new CachedTokens(opened.tokens(), TRUST, InstantSource.system());
    keys = opened.keys();
    books = orchestrator.ledgers().books();
    proving = Optional.of(opened);
  }

  /** How services find out who calls. */
  Gate gate() {
    Tokens read = token -> tokens.verify(token);
    Keys opened = key -> keys.open(key);
    return required ? Gate.identified(read, opened) : Gate.machine().reading(read, opened);
  }

  /** What services tell of calls. */
  Books books() {
    Metering metering =
        new Metering() {
          @Override
          public void admit(Caller caller, String address, CostClass cost) {
            books.metering().admit(caller, address, cost);
          }

          @Override
          public void spoke(Caller caller, Duration speech) {
            books.metering().spoke(caller, speech);
          }
        };
    return new Books(metering, it -> books.trail().add(it));
  }

  /** The edge's part of it. */
  EdgeBuilder guard(EdgeBuilder edge, StandaloneSettings settings) {
    settings.hosts().orElse(List.of()).forEach(edge::allowHost);
    settings.origins().orElse(List.of()).forEach(edge::allowOrigin);
    edge.exchange(this::token);
    return required && settings.hosts().isEmpty() ? edge.allowAnyHost() : edge;
  }

  private String token(Shown it) {
    try {
      Proving opened = proving.orElseThrow();
      return it.kind() == Shown.Kind.TICKET
          ? opened.forTicket(it.secret())
          : opened.forKey(it.secret(), it.origin(), it.visitor());
    } catch (Failure refused) {
      throw Failures.toStatus(refused);
    }
  }
}
