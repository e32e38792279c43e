package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Memory of a person, per character. Thread-safe; blocks at most for the deadline given. */
public interface Recollection {
  /** What fits, best first. Fails with UNAVAILABLE or DEADLINE_EXCEEDED. */
  List<Recalled> recall(
      Owner owner,
      String characterId,
      String query,
      int limit,
      String exceptSessionId,
      Duration deadline);

  /**
   * Keeps a turn that is over: heard words only. The same turn twice is kept once.
   *
   * @param notes what a model noted of it; empty where none read it
   */
  void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline);

  /** Forgets a session. */
  void forgetSession(Owner owner, String sessionId, Duration deadline);
}
