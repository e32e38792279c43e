package dev.parley.orchestrator.conversation;

import java.io.InputStream;
import java.util.Optional;

/**
 * Media of turns. Thread-safe; blocks. Keys are paths of lower-case letters, digits, {@code -},
 * {@code .} and {@code /}.
 *
 * <p>Fails with {@link dev.parley.kit.failure.Failure} STORE_FAILED.
 */
public interface MediaStore {
  /** Keeps bytes under a key, over whatever was there. */
  void put(String key, byte[] bytes, String contentType);

  /** Whether what was taken waits for a store that is away. */
  default boolean isBehind() {
    return false;
  }

  /** What is kept under a key. */
  Optional<Info> stat(String key);

  /**
   * Bytes from {@code offset} on, {@code length} of them or to the end when it is 0. The caller
   * closes the stream.
   */
  InputStream read(String key, long offset, long length);

  /** Removes everything whose key begins so. */
  void deleteAll(String prefix);

  /** Size in bytes and MIME type. */
  record Info(long size, String contentType) {}
}
