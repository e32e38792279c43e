package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.util.Optional;
import java.util.Set;

/**
 * A part of what is remembered. It always has an owner, so that no question can reach the memories
 * of somebody else.
 *
 * @param owner whose
 * @param characterId only with this character
 * @param sessionId only of this session
 * @param exceptSessionId but not of this session
 * @param memoryIds only these memories; empty means any
 */
public record Scope(
    Owner owner,
    Optional<String> characterId,
    Optional<String> sessionId,
    Optional<String> exceptSessionId,
    Set<String> memoryIds) {

  public Scope {
    memoryIds = Set.copyOf(memoryIds);
  }

  /** Everything of a person. */
  public static Scope of(Owner owner) {
    return new Scope(owner, Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
  }

  /** Only with this character. */
  public Scope with(String character) {
    return new Scope(owner, Optional.of(character), sessionId, exceptSessionId, memoryIds);
  }

  /** Only of this session. */
  public Scope in(String session) {
    return new Scope(owner, characterId, Optional.of(session), exceptSessionId, memoryIds);
  }

  /** Not of this session. */
  public Scope except(String session) {
    return new Scope(owner, characterId, sessionId, Optional.of(session), memoryIds);
  }

  /** Only these memories; none means any. */
  public Scope only(Set<String> memories) {
    return new Scope(owner, characterId, sessionId, exceptSessionId, memories);
  }

  /** Whether a memory lies within. */
  public boolean contains(Owner whose, String memoryId, RememberedTurn turn) {
    return owner.equals(whose)
        && characterId.map(turn.characterId()::equals).orElse(true)
        && sessionId.map(turn.sessionId()::equals).orElse(true)
        && exceptSessionId.map(id -> !id.equals(turn.sessionId())).orElse(true)
        && (memoryIds.isEmpty() || memoryIds.contains(memoryId));
  }
}
