package dev.parley.orchestrator.privacy;

import dev.parley.kit.identity.Owner;
import java.util.List;
import java.util.Set;

/** Somewhere that things about people are kept. Thread-safe; blocks. */
public interface PersonalStore {
  /**
   * Removes everything about a person, gone when it returns; done again it removes what came since.
   *
   * @param sessionIds all sessions the person has or had while this erasure runs
   */
  List<Removal> erase(Owner owner, Set<String> sessionIds);
}
