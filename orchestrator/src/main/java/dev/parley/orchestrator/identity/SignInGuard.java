package dev.parley.orchestrator.identity;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who fails often has to wait: by account, whether or not there is one, and by address. An attempt
 * counts when it begins, so that many at once are no more than many after each other.
 */
final class SignInGuard {
  /** Five failures are free; then half a minute, doubling to a quarter of an hour. */
  static final Attempts.Rule ACCOUNT =
      new Attempts.Rule(5, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(24));

  /** Several people may share an address. */
  static final Attempts.Rule ADDRESS =
      new Attempts.Rule(50, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(1));

  /** Letters to one address. */
  static final Attempts.Rule LETTERS =
      new Attempts.Rule(4, Duration.ofMinutes(10), Duration.ofHours(6), Duration.ofHours(12));

  private record Counted(String key, Attempts.Rule rule) {}

  private final AttemptStore store;
  private final InstantSource clock;

  SignInGuard(AttemptStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Counts an attempt. Fails with LOCKED_OUT and the time to wait. */
  void begin(String email, Visitor visitor) {
    keys(email, visitor).forEach(it -> refuse(count(it)));
  }

  /** The attempt did not fail: the account begins anew, the address has one less. */
  void succeeded(String email, Visitor visitor) {
    store.change(account(email), _ -> Attempts.NONE);
    if (!visitor.isNear()) {
      store.change(address(visitor), Attempts::without);
    }
  }

  /** Counts something that anybody may do. Fails with LOCKED_OUT. */
  void visit(Visitor visitor) {
    if (!visitor.isNear()) {
      refuse(count(new Counted(address(visitor), ADDRESS)));
    }
  }

  /** Counts a letter; false when that address had enough of them. */
  boolean mayWrite(String email) {
    return count(new Counted("mail " + hashed(email), LETTERS)).isZero();
  }

  private Duration count(Counted it) {
    Instant now = clock.instant();
    return store
        .change(it.key(), kept -> kept.refused(now).isZero() ? it.rule().next(kept, now) : kept)
        .refused(now);
  }

  private static void refuse(Duration wait) {
    if (wait.isPositive()) {
      throw Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "LOCKED_OUT",
              "too many attempts failed; wait " + (wait.toSeconds() + 1) + " s")
          .retryAfter(wait);
    }
  }

  private static List<Counted> keys(String email, Visitor visitor) {
    List<Counted> keys = new ArrayList<>();
    if (!visitor.isNear()) {
      keys.add(new Counted(address(visitor), ADDRESS));
    }
    keys.add(new Counted(account(email), ACCOUNT));
    return keys;
  }

  private static String account(String email) {
    return "account " + hashed(email);
  }

  private static String address(Visitor visitor) {
    return "address " + visitor.address();
  }

  /** Whoever reads the table learns no address of somebody who has no account. */
  private static String hashed(String email) {
    return Secret.hash(email.strip().toLowerCase(Locale.ROOT));
  }
}
