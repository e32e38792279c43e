package dev.parley.kit.jose;

import java.security.PublicKey;
import java.util.Optional;

/** Ed25519 public keys by their names. Safe for threads. */
public interface VerificationKeys {
  /** The key that signs or signed under that name. */
  Optional<PublicKey> find(String keyId);
}
