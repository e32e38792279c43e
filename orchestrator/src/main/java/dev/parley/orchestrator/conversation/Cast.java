package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import java.util.Optional;

/** The characters one can talk to. Thread-safe; blocks. */
public interface Cast {
  /** The character with that id in the owner's organisation, built-in ones included. */
  Optional<Character> find(Owner owner, String characterId);
}
