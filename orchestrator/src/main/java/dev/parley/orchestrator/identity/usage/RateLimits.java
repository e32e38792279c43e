package dev.parley.orchestrator.identity.usage;

import java.time.Duration;

/**
 * How often somebody may call, counted over all processes. Thread-safe; mostly answers from memory.
 * Never fails: where the store is away each process counts for itself.
 */
public interface RateLimits {
  /** Whom a limit is for. */
  enum Subject {
    /** A key, by its id. */
    KEY,
    /** A person or service account, by organisation and id. */
    PERSON,
    /** An address that calls. */
    ADDRESS
  }

  /**
   * Whether a call may be made.
   *
   * @param remaining calls that may follow at once
   * @param retryAfter when one may be made; zero where it may now
   */
  record Verdict(boolean allowed, long remaining, Duration retryAfter) {
    /** No limit holds. */
    public static final Verdict FREE = new Verdict(true, Long.MAX_VALUE, Duration.ZERO);
  }

  /** Takes one call of that cost from what the subject may make. */
  Verdict take(Subject subject, String id, Cost cost);
}
