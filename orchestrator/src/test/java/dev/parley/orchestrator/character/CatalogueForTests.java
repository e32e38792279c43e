package dev.parley.orchestrator.character;

import java.util.Set;

/** Two voices and two faces beside the shipped ones. */
public record CatalogueForTests(Set<String> voices, Set<String> avatars) implements Catalogue {
  /** With what the shipped characters use. */
  public CatalogueForTests() {
    this(Set.of("slt", "rms", "awb", "kal"), Set.of("elena", "other"));
  }
}
