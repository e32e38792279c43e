package dev.parley.orchestrator.jose;

import dev.parley.kit.ids.Ids;
import dev.parley.kit.jose.Ed25519;
import dev.parley.kit.jose.VerificationKeys;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.identity.SigningKeyStore;
import dev.parley.orchestrator.identity.SigningKeyStore.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that access tokens are signed with, the same for all replicas. A new one is made when
 * the newest is older than the rotation; it is shown for a while before it signs, so that whoever
 * verifies knows it by then, and those before are shown for as long as their tokens may live. Safe
 * for threads; looks into the store at most once a minute, and when a key is asked for that it does
 * not know, at most once in ten seconds.
 */
public final class SigningKeys implements VerificationKeys {
  /** How long a key is shown before it signs: twice as long as verifiers keep a set. */
  static final Duration LEAD = Duration.ofMinutes(10);

  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration BREATH = Duration.ofSeconds(10);
  private static final int SHOWN_BEFORE = 2;

  private record Loaded(List<SigningKey> keys, Instant time) {}

  /** A key that signs. */
  record Current(String id, PrivateKey key) {}

  private final SigningKeyStore store;
  private final Seal seal;
  private final Duration rotation;
  private final InstantSource clock;
  private volatile Loaded loaded = new Loaded(List.of(), Instant.EPOCH);
  private volatile Optional<Current> current = Optional.empty();

  /** Keeps keys there, sealed, and makes a new one that often. */
  public SigningKeys(SigningKeyStore store, Seal seal, Duration rotation, InstantSource clock) {
    this.store = store;
    this.seal = seal;
    this.rotation = rotation;
    this.clock = clock;
  }

  /** The one that signs now. */
  Current current() {
    SigningKey newest = signing(load(FRESH));
    return current
        .filter(it -> it.id().equals(newest.id()))
        .orElseGet(() -> {
          Current opened = new Current(newest.id(), open(newest));
          current = Optional.of(opened);
          return opened;
        });
  }

  /** Those that sign, signed, or are about to, the newest first. */
  public List<SigningKey> shown() {
    return load(FRESH);
  }

  @Override
  public Optional<PublicKey> find(String keyId) {
    Optional<PublicKey> known = find(load(FRESH), keyId);
    return known.isPresent() ? known : find(load(BREATH), keyId);
  }

  private static Optional<PublicKey> find(List<SigningKey> keys, String keyId) {
    return keys.stream()
        .filter(it -> it.id().equals(keyId))
        .findFirst()
        .map(it -> Ed25519.publicKey(Base64.getUrlDecoder().decode(it.publicKey())));
  }

  /** The newest that was shown long enough; the first of all signs at once. */
  private SigningKey signing(List<SigningKey> keys) {
    Instant before = clock.instant().minus(LEAD);
    return keys.stream()
        .filter(it -> !it.createTime().isAfter(before))
        .findFirst()
        .orElseGet(keys::getLast);
  }

  private List<SigningKey> load(Duration age) {
    Loaded kept = loaded;
    return kept.time().plus(age).isBefore(clock.instant()) ? reload(kept) : kept.keys();
  }

  private synchronized List<SigningKey> reload(Loaded seen) {
    if (loaded != seen) {
      return loaded.keys();
    }
    Instant now = clock.instant();
    List<SigningKey> keys = store.all();
    if (keys.isEmpty() || keys.getFirst().createTime().plus(rotation).isBefore(now)) {
      keys = store.add(made(now), now.minus(rotation));
    }
    if (keys.size() > SHOWN_BEFORE + 1) {
      store.forgetBefore(keys.get(SHOWN_BEFORE).createTime());
      keys = keys.subList(0, SHOWN_BEFORE + 1);
    }
    loaded = new Loaded(List.copyOf(keys), now);
    return loaded.keys();
  }

  private SigningKey made(Instant now) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      String id = Ids.at(now.toEpochMilli());
      return new SigningKey(
          id,
          Base64.getUrlEncoder().withoutPadding().encodeToString(Ed25519.raw(pair.getPublic())),
          seal.close("signing_key/" + id, pair.getPrivate().getEncoded()),
          now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private PrivateKey open(SigningKey key) {
    try {
      byte[] encoded = seal.open("signing_key/" + key.id(), key.sealedKey());
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a kept signing key cannot be read", e);
    }
  }
}
