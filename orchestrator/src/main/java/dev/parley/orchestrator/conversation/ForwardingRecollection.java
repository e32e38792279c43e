package dev.parley.orchestrator.conversation;

import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.List;

/** Memory in front of another that changes how it gets its turns. Thread-safe. */
public abstract class ForwardingRecollection implements Recollection {
  /** What is asked, and gets the turns in the end. */
  protected final Recollection memory;

  /** In front of that one. */
  protected ForwardingRecollection(Recollection memory) {
    this.memory = memory;
  }

  @Override
  public final List<Recalled> recall(
      Owner owner,
      String characterId,
      String query,
      int limit,
      String exceptSessionId,
      Duration deadline) {
    return memory.recall(owner, characterId, query, limit, exceptSessionId, deadline);
  }

  @Override
  public void forgetSession(Owner owner, String sessionId, Duration deadline) {
    memory.forgetSession(owner, sessionId, deadline);
  }
}
