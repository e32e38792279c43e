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

  private record Held(ApiKey key, Role role) {}

  private record Seen(Optional<Held> held, long nanos) {}

  private final KeyStore store;
  private final Holders holders;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /** Over a store; {@code nanos} rises and measures how long it is believed. */
  public Keyring(KeyStore store, Holders holders, InstantSource clock, LongSupplier nanos) {
    this.store = store;
    this.holders = holders;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** As {@link dev.parley.orchestrator.identity.Authenticator#byKey}. */
  public Optional<Identity> find(String secret, String origin, String visitor) {
    Instant now = clock.instant();
    Optional<Held> held =
        KeySecret.parse(secret).flatMap(this::held).filter(it -> it.key().goodAt(now, origin));
    held.ifPresent(it -> used.put(it.key().id(), now.truncatedTo(ChronoUnit.MINUTES)));
    return held.map(it -> identity(it, visitor));
  }

  private Optional<Held> held(KeySecret secret) {
    String hash = secret.hash();
    long now = nanos.getAsLong();
    Seen before = seen.get(hash);
    if (before != null && now - before.nanos() < TRUST.toNanos()) {
      return before.held();
    }
    Optional<Held> held =
        store.byHash(hash).flatMap(key -> role(key).map(role -> new Held(key, role)));
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

  private static Identity identity(Held held, String visitor) {
    ApiKey key = held.key();
    boolean widget = key.kind() == KeyKind.WIDGET;
    return new Identity(
        widget ? Visitors.person(key.id(), visitor) : key.holderId(),
        key.serviceAccount() && !widget,
        key.organisationId(),
        widget && held.role().atLeast(Role.MEMBER) ? Role.MEMBER : held.role(),
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
