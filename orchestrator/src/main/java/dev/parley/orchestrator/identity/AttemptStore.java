package dev.parley.orchestrator.identity;

import java.time.Instant;
import java.util.function.UnaryOperator;

/** Keeps attempts by a key, for all replicas. Safe for threads. */
public interface AttemptStore {
  /**
   * Changes the attempts of a key with nobody in between.
   *
   * @param change is given what is kept; what it returns is kept from then on
   * @return what was kept before
   */
  Attempts change(String key, UnaryOperator<Attempts> change);

  /** Forgets those whose last one is older. */
  void forgetBefore(Instant time);
}
