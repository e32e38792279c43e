package dev.parley.orchestrator.identity;

import java.time.Instant;
import java.util.List;

/** Keeps the keys that access tokens are signed with, sealed. Safe for threads. */
public interface SigningKeyStore {
  /**
   * A key pair.
   *
   * @param id its name in the header of tokens
   * @param publicKey base64url of the 32 bytes
   * @param sealedKey base64 of the private key, sealed by {@link Seal}
   */
  record SigningKey(String id, String publicKey, String sealedKey, Instant createTime) {}

  /** All, the newest first. */
  List<SigningKey> all();

  /** Keeps one more, unless another replica kept one since that time; all, the newest first. */
  List<SigningKey> add(SigningKey key, Instant unlessSince);

  /** Removes those made before that time. */
  void forgetBefore(Instant time);
}
