package dev.parley.standalone;

import dev.parley.edge.EdgeBuilder;
import dev.parley.kit.access.Gate;
import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import java.util.List;

/**
 * Who comes in. The orchestrator, which knows people and keys, starts after services that ask:
 * until then no credential is good.
 */
final class Entrance {
  private final boolean required;
  private volatile Tokens tokens = Tokens.NONE;
  private volatile Keys keys = Keys.NONE;

  /** Lets in only who proves who it is, or on loopback also the owner of the machine. */
  Entrance(boolean required) {
    this.required = required;
  }

  /** From now on these tell who shows what. */
  void open(Tokens readTokens, Keys readKeys) {
    tokens = readTokens;
    keys = readKeys;
  }

  /** How services find out who calls. */
  Gate gate() {
    Tokens read = token -> tokens.verify(token);
    Keys opened = key -> keys.open(key);
    return required ? Gate.identified(read, opened) : Gate.machine().reading(read, opened);
  }

  /** The edge's part of it. */
  EdgeBuilder guard(EdgeBuilder edge, StandaloneSettings settings) {
    settings.hosts().orElse(List.of()).forEach(edge::allowHost);
    settings.origins().orElse(List.of()).forEach(edge::allowOrigin);
    return required && settings.hosts().isEmpty() ? edge.allowAnyHost() : edge;
  }
}
