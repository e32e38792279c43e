package dev.parley.mesh;

import dev.parley.edge.EdgeBuilder;
import dev.parley.kit.access.AccessSettings;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.host.ServiceProcess;
import dev.parley.orchestrator.Ledgers;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.Proving;
import dev.parley.orchestrator.envoy.Arrival;
import dev.parley.orchestrator.envoy.Door;
import dev.parley.orchestrator.envoy.Exchange;
import dev.parley.standalone.Admission;
import java.util.List;

/** Who comes in, and who writes down what they do: the same behind Envoy as at the one process. */
final class Entrance {
  private final Proving proving;
  private final Ledgers ledgers;
  private final Tokens tokens;

  /** That one tells who shows what. */
  Entrance(OrchestratorService orchestrator) {
    proving = orchestrator.proving();
    ledgers = orchestrator.ledgers();
    tokens = Admission.tokens(proving);
  }

  /** The orchestrator's own port. Without certificates no proxy of ours is in front of it. */
  void open(ServiceProcess process) {
    process.admit(tokens, proving.keys());
    boolean proxied = process.tls().isPresent();
    process.tell(proxied ? ledgers.admitted() : ledgers.books());
  }

  /** What Envoy asks before it lets a call pass. */
  Door door(DoorSettings door, AccessSettings access) {
    return new Door(
        new Exchanged(),
        tokens,
        ledgers.meter()::admit,
        door.origins().orElse(List.of()),
        !access.required());
  }

  /** What is served by hand. */
  EdgeBuilder guard(EdgeBuilder edge, DoorSettings door, AccessSettings access) {
    return Admission.named(
        Admission.exchanging(edge, () -> proving),
        door.hosts().orElse(List.of()),
        door.origins().orElse(List.of()),
        access.required());
  }

  private final class Exchanged implements Exchange {
    @Override
    public String key(String secret, Arrival arrival) {
      return proving.forKey(secret, arrival.origin(), arrival.visitor());
    }

    @Override
    public String ticket(String ticket, Arrival arrival) {
      return proving.forTicket(ticket);
    }
  }
}
