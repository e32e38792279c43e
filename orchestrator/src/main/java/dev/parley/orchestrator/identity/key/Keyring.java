package dev.parley.orchestrator.identity.key;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.Authenticator;
import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Knows keys by their secrets. What a store said is believed for {@link #TRUST}; when keys were
 * used is written later, by {@link #writeUse}. Thread-safe; blocks for one look into the store at
 * most.
 */
public final class Keyring {
  /** So long a revoked key may still open. */
  public static final Duration TRUST = Authenticator.TRUST;

  private static final int MOST = 10_000;

  private record Held(ApiKey key, Optional<Role> role) {}

  private record Seen(Optional<Held> held, long nanos) {}

  private final KeyStore store;
  private final Holders holders;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Refusals refusals;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /** Over a store; {@code nanos} rises and measures how long it is believed. */
  public Keyring(
      KeyStore store, Holders holders, InstantSource clock, LongSupplier nanos, Refusals refusals) {
    this.store = store;
    this.holders = holders;
    this.clock = clock;
    this.nanos = nanos;
    this.refusals = refusals;
  }

  /** As {@link dev.parley.orchestrator.identity.Authenticator#byKey}. */
  public Optional<Identity> find(String secret, String origin, String visitor) {
    Optional<KeySecret> ours = KeySecret.parse(secret);
    if (ours.isEmpty()) {
      refusals.malformed();
      return Optional.empty();
    }
    Optional<Held> held = held(ours.get());
    if (held.isEmpty()) {
      refusals.unknown(ours.get());
      return Optional.empty();
    }
    return opened(held.get(), origin, visitor);
  }

  private Optional<Identity> opened(Held held, String origin, String visitor) {
    Instant now = clock.instant();
    ApiKey key = held.key();
    if (held.role().isEmpty()) {
      refusals.key(key, Refusals.HOLDER);
      return Optional.empty();
    }
    if (!key.goodAt(now, origin)) {
      refusals.key(key, key.hasEnded(now) ? Refusals.EXPIRED : Refusals.ORIGIN);
      return Optional.empty();
    }
    used.put(key.id(), now.truncatedTo(ChronoUnit.MINUTES));
    return Optional.of(identity(key, held.role().get(), visitor));
  }

  private Optional<Held> held(KeySecret secret) {
    String hash = secret.hash();
    long now = nanos.getAsLong();
    Seen before = seen.get(hash);
    if (before != null && now - before.nanos() < TRUST.toNanos()) {
      return before.held();
    }
    Optional<Held> held = store.byHash(hash).map(key -> new Held(key, role(key)));
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(hash, new Seen(held, now));
    return held;
  }

  private Optional<Role> role(ApiKey key) {
    return key.serviceAccount()
        ? store.account(key.organisationId(), key.holderId()).map(ServiceAccount::role)
        : holders.role(new Owner(key.organisationId(), key.holderId()));
  }

  private static Identity identity(ApiKey key, Role role, String visitor) {
    boolean widget = key.kind() == KeyKind.WIDGET;
    return new Identity(
        widget ? Visitors.person(key.id(), visitor) : key.holderId(),
        key.serviceAccount() && !widget,
        key.organisationId(),
        widget && role.atLeast(Role.MEMBER) ? Role.MEMBER : role,
        key.permissions(),
        key.characterIds(),
        key.id(),
        widget ? CredentialKind.WIDGET_KEY : CredentialKind.SECRET_KEY);
  }

  /** Believes nothing any more: keys were ended or roles changed. */
  public void forget() {
    seen.clear();
  }

  /** Writes when keys were used since it was last done; what fails is kept for the next time. */
  public void writeUse() {
    Map<String, Instant> taken = Map.copyOf(used);
    if (!taken.isEmpty()) {
      store.used(taken);
      taken.forEach(used::remove);
    }
  }
}
