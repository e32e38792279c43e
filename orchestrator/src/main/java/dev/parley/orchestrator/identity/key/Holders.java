package dev.parley.orchestrator.identity.key;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Role;
import java.util.Optional;

/** Tells what people are in their organisations. Thread-safe; blocks. */
public interface Holders {
  /** What the person is at this moment; empty for no member: the person's keys open nothing. */
  Optional<Role> role(Owner person);
}
