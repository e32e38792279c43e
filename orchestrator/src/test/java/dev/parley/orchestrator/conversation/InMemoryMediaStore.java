package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Media in memory. */
public final class InMemoryMediaStore implements MediaStore {
  private record Kept(byte[] bytes, String contentType) {}

  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  @Override
  public void put(String key, byte[] bytes, String contentType) {
    kept.put(key, new Kept(bytes.clone(), contentType));
  }

  @Override
  public Optional<Info> stat(String key) {
    return Optional.ofNullable(kept.get(key))
        .map(it -> new Info(it.bytes().length, it.contentType()));
  }

  @Override
  public InputStream read(String key, long offset, long length) {
    Kept it = kept.get(key);
    if (it == null) {
      throw Failure.of(Code.NOT_FOUND, "MEDIA_NOT_READY", key);
    }
    int size = it.bytes().length;
    int wanted = (int) (length > 0 ? Math.min(length, size - offset) : size - offset);
    return new ByteArrayInputStream(it.bytes(), (int) offset, wanted);
  }

  @Override
  public void deleteAll(String prefix) {
    kept.keySet().removeIf(it -> it.startsWith(prefix));
  }
}
