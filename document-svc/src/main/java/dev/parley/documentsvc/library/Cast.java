package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.util.Optional;

/** The characters of an organisation. Thread-safe; fails with UNAVAILABLE. */
public interface Cast {
  /** Where there are none. */
  Cast NOBODY = (owner, characterId) -> Optional.empty();

  /** What a character is called; empty where there is none with this id. */
  Optional<String> nameOf(Owner owner, String characterId);
}
