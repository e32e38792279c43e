package dev.parley.kit.jose;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.parley.kit.failure.Failure;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A JSON Web Key Set (RFC 7517) that is kept and fetched anew: every five minutes, and when a name
 * is not in it, then at most every ten seconds, so that made-up names cost nothing. While it cannot
 * be fetched the last one holds. Safe for threads; one fetches, the others wait.
 */
public final class KeySet implements VerificationKeys {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration BREATH = Duration.ofSeconds(10);

  private record Fetched(Map<String, PublicKey> keys, Instant time) {}

  private final Supplier<String> source;
  private final InstantSource clock;
  private volatile Fetched last = new Fetched(Map.of(), Instant.EPOCH);

  /**
   * Fetches from there.
   *
   * @param source gives the set as JSON, or throws
   */
  public KeySet(Supplier<String> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Fails with UNAVAILABLE while no set was ever fetched. */
  @Override
  public Optional<PublicKey> find(String keyId) {
    Fetched kept = last;
    if (isOlder(kept, kept.keys().containsKey(keyId) ? FRESH : BREATH)) {
      kept = fetch(kept);
    }
    return Optional.ofNullable(kept.keys().get(keyId));
  }

  private boolean isOlder(Fetched kept, Duration age) {
    return kept.time().plus(age).isBefore(clock.instant());
  }

  private synchronized Fetched fetch(Fetched seen) {
    if (last != seen) {
      return last;
    }
    Map<String, PublicKey> keys = seen.keys();
    try {
      keys = parse(source.get());
    } catch (ParseException | RuntimeException e) {
      if (keys.isEmpty()) {
        throw Failure.unavailable("the keys of access tokens are not there", Duration.ofSeconds(1))
            .causedBy(e);
      }
    }
    last = new Fetched(keys, clock.instant());
    return last;
  }

  /** The Ed25519 keys of a set by their names; others are passed over. */
  public static Map<String, PublicKey> parse(String json) throws ParseException {
    Map<String, PublicKey> keys = new HashMap<>();
    for (JWK key : JWKSet.parse(json).getKeys()) {
      if (key instanceof OctetKeyPair pair
          && Curve.Ed25519.equals(pair.getCurve())
          && pair.getKeyID() != null) {
        keys.put(pair.getKeyID(), Ed25519.publicKey(pair.getDecodedX()));
      }
    }
    return Map.copyOf(keys);
  }
}
