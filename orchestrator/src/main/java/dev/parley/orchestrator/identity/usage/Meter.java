package dev.parley.orchestrator.identity.usage;

import dev.parley.kit.failure.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what organisations use and holds them to their plans. Counting and admitting work from
 * memory; {@link #share} adds to the counts of all processes and {@link #save} keeps those on disk,
 * both called every so often. So limits are passed by at most what is used between two shares, and
 * a killed process loses what it counted since the last. Thread-safe.
 */
public final class Meter {
  private static final System.Logger LOG = System.getLogger("parley.usage");

  private final UsageStore store;
  private final UsageArchive archive;
  private final Plans plans;
  private final Stock stock;
  private final InstantSource clock;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  /** Over shared counts and what is kept of them. */
  public Meter(
      UsageStore store, UsageArchive archive, Plans plans, Holdings holdings, InstantSource clock) {
    this.store = store;
    this.archive = archive;
    this.plans = plans;
    this.stock = new Stock(holdings, clock);
    this.clock = clock;
  }

  /**
   * Counts a call and lets it in.
   *
   * @throws Failure QUOTA_EXCEEDED when the plan has nothing left of what it costs
   */
  public void admit(String organisationId, Cost cost) {
    check(organisationId, cost);
    if (cost.needs().contains(Metered.CALLS)) {
      count(organisationId, Metered.CALLS, 1);
    }
    if (cost == Cost.UPLOAD) {
      stock.uploaded(organisationId);
    }
  }

  /**
   * Looks whether the plan has something left of what a call costs, and counts nothing.
   *
   * @throws Failure QUOTA_EXCEEDED
   */
  public void check(String organisationId, Cost cost) {
    Plan plan = plans.of(organisationId);
    if (plan.isUnlimited()) {
      return;
    }
    for (Metered what : cost.needs()) {
      long limit = plan.limit(what);
      if (limit > 0 && used(organisationId, what) >= limit) {
        throw Exceeded.failure(organisationId, plan, what, clock.instant());
      }
    }
  }

  /** Counts an amount. */
  public void count(String organisationId, Metered what, long amount) {
    if (amount > 0) {
      tally(organisationId).add(what, amount);
    }
  }

  private long used(String organisationId, Metered what) {
    return what.monthly()
        ? tally(organisationId).used(what)
        : stock.of(organisationId).getOrDefault(what, 0L);
  }

  private Tally tally(String organisationId) {
    String period = Months.of(clock.instant());
    String key = period + "/" + organisationId;
    Tally known = tallies.get(key);
    if (known != null) {
      return known;
    }
    return tallies.computeIfAbsent(key, _ -> begin(new Tally(organisationId, period)));
  }

  /** Learns what was used before; counts from nothing where that cannot be asked now. */
  private Tally begin(Tally tally) {
    try {
      share(tally);
    } catch (Failure away) {
      LOG.log(System.Logger.Level.WARNING, "usage is not known yet: {0}", away.getMessage());
    }
    return tally;
  }

  /**
   * Adds what was counted here to the counts of all.
   *
   * @throws Failure STORE_FAILED; nothing is lost by that
   */
  public void share() {
    tallies.values().forEach(this::share);
  }

  private synchronized void share(Tally tally) {
    Map<Metered, Long> amounts = tally.take();
    String batch = UUID.randomUUID().toString();
    tally.added(store.add(tally.organisationId(), tally.period(), batch, amounts));
  }

  /**
   * Keeps the counts on disk and forgets months that are over.
   *
   * @throws Failure STORE_FAILED; nothing is lost by that
   */
  public void save() {
    Instant now = clock.instant();
    for (Tally tally : tallies.values()) {
      Map<Metered, Long> amounts = tally.unsaved();
      if (!amounts.isEmpty()) {
        archive.save(tally.organisationId(), tally.period(), amounts, now);
        tally.saved(amounts);
      }
    }
    tallies.values().removeIf(it -> it.isSettled() && !it.period().equals(Months.of(now)));
  }

  /**
   * What was used this month, up to this moment.
   *
   * @throws Failure STORE_FAILED
   */
  public Usage usage(String organisationId) {
    Tally tally = tally(organisationId);
    share(tally);
    Map<Metered, Long> held = stock.fresh(organisationId);
    return new Usage(
        plans.of(organisationId),
        tally.used(Metered.TURNS),
        tally.used(Metered.SPEECH_MS),
        tally.used(Metered.CALLS),
        held.getOrDefault(Metered.DOCUMENTS, 0L),
        held.getOrDefault(Metered.BYTES, 0L),
        Months.next(clock.instant()));
  }
}
