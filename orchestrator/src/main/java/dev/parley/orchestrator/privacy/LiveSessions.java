package dev.parley.orchestrator.privacy;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Sessions;
import java.util.List;
import java.util.Set;

/**
 * The sessions of a person that are live in this process; they stand before all other stores, so
 * that nothing is written after it was removed. Thread-safe.
 */
public final class LiveSessions implements PersonalStore {
  private final Sessions sessions;

  /** Of these sessions. */
  public LiveSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Lets go of those of a person: what is spoken is cut. Returns when all is written. */
  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    Sessions.letGo(
        sessionIds.stream()
            .flatMap(id -> sessions.ifLive(id).stream())
            .filter(session -> session.record().owner().equals(owner))
            .toList());
    return List.of();
  }
}
