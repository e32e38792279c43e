package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * When memories were last recalled. Only the order of memories hangs on it, so what cannot be
 * reached knows nothing and does not fail, but for {@link #remove}. Safe for use by many threads.
 */
public interface RecallTimes extends AutoCloseable {

  /** When these were last recalled, to the millisecond; those never recalled are missing. */
  Map<String, Instant> of(Owner owner, Collection<String> memoryIds);

  /** These were recalled now. */
  void recalled(Owner owner, Collection<String> memoryIds, Instant now);

  /** Forgets these; all of a person's when none is given. */
  void remove(Owner owner, Set<String> memoryIds);

  @Override
  void close();
}
