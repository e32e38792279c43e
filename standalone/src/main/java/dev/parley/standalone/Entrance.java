package dev.parley.standalone;

import dev.parley.edge.EdgeBuilder;
import dev.parley.kit.access.Gate;
import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.host.Books;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.metering.Metering;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.Proving;
import dev.parley.type.v1.CostClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who comes in, and who writes down what they do. The orchestrator, which knows people and keys,
 * starts after services that ask: until then no credential is good.
 */
final class Entrance {
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
    tokens = Admission.tokens(opened);
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
    return Admission.named(
        Admission.exchanging(edge, () -> proving.orElseThrow()),
        settings.hosts().orElse(List.of()),
        settings.origins().orElse(List.of()),
        required);
  }
}
