package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.identity.usage.RateLimits.Verdict;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.BucketProxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One limit of one subject: a bucket of this process, and the one of all processes, which is told
 * what was taken from the first. Thread-safe.
 */
final class SharedLimit {
  private static final int UNTOLD_SHARE = 50;
  private static final long UNTOLD_NANOS = Duration.ofMillis(200).toNanos();

  /**
   * A call judged.
   *
   * @param telling whether all processes should be told by now
   */
  record Judged(Verdict verdict, boolean telling) {}

  private final Bucket own;
  private final BucketProxy shared;
  private final long atOnce;
  private final AtomicLong untold = new AtomicLong();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile long toldNanos = System.nanoTime();
  private volatile long fullUntilNanos = toldNanos;

  /** Of which so many may be taken at once. */
  SharedLimit(Bucket own, BucketProxy shared, long atOnce) {
    this.own = own;
    this.shared = shared;
    this.atOnce = atOnce;
  }

  /** By what this process knows. */
  Judged take() {
    long now = System.nanoTime();
    if (fullUntilNanos - now > 0) {
      return new Judged(full(now), false);
    }
    ConsumptionProbe probe = own.tryConsumeAndReturnRemaining(1);
    Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
    boolean telling =
        probe.isConsumed()
            && (untold.incrementAndGet() >= atOnce / UNTOLD_SHARE
                || now - toldNanos > UNTOLD_NANOS);
    return new Judged(new Verdict(probe.isConsumed(), probe.getRemainingTokens(), wait), telling);
  }

  /** Whether so much was taken here that it may be too much of all. */
  boolean isNearItsEnd(Verdict verdict) {
    return verdict.remaining() < atOnce / 2;
  }

  /** Whether the caller shall see to it that {@link #tell} is called; nobody else does then. */
  boolean promise() {
    return waiting.compareAndSet(false, true);
  }

  /**
   * Tells the bucket of all what was taken here; what is too much ends the taking until it has
   * filled up again. After an outage no more is told than may be taken at once, so that what was
   * taken meanwhile is not waited for.
   *
   * @throws redis.clients.jedis.exceptions.JedisException where it is away
   */
  synchronized void tell() {
    waiting.set(false);
    long taken = Math.min(untold.getAndSet(0), atOnce);
    toldNanos = System.nanoTime();
    long missing = taken == 0 ? 0 : shared.consumeIgnoringRateLimits(taken);
    if (missing > 0) {
      fullUntilNanos = System.nanoTime() + missing;
    }
  }

  /** What holds when more was taken from all processes than there was; else that verdict. */
  Verdict after(Verdict here) {
    long now = System.nanoTime();
    return fullUntilNanos - now > 0 ? full(now) : here;
  }

  private Verdict full(long now) {
    return new Verdict(false, 0, Duration.ofNanos(fullUntilNanos - now));
  }
}
