package dev.parley.orchestrator.spool;

import dev.parley.orchestrator.conversation.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/** Media that waits on disk while its store is away; it is read as if it were in it. */
record SpooledMedia(MediaStore inner, Lane lane) implements MediaStore {
  private static final String KIND = "media";

  @Override
  public void put(String key, byte[] bytes, String contentType) {
    var what = new Waiting(KIND, key, session(key), contentType);
    lane.put(what, bytes, () -> inner.put(key, bytes, contentType));
  }

  /** Keys of turns are {@code sessions/ORGANISATION/ID/…}. */
  private static String session(String key) {
    String[] parts = key.split("/");
    return parts.length > 3 ? parts[2] : "";
  }

  @Override
  public boolean isBehind() {
    return lane.isBehind();
  }

  @Override
  public Optional<Info> stat(String key) {
    Optional<Waiting> waits = lane.what(it -> it.key().equals(key));
    Optional<byte[]> bytes = lane.find(it -> it.key().equals(key));
    return waits.isPresent() && bytes.isPresent()
        ? Optional.of(new Info(bytes.get().length, waits.get().mark()))
        : inner.stat(key);
  }

  @Override
  public InputStream read(String key, long offset, long length) {
    Optional<byte[]> waits = lane.find(it -> it.key().equals(key));
    if (waits.isEmpty()) {
      return inner.read(key, offset, length);
    }
    byte[] all = waits.get();
    int from = (int) Math.min(offset, all.length);
    int rest = all.length - from;
    return new ByteArrayInputStream(all, from, length == 0 ? rest : (int) Math.min(length, rest));
  }

  @Override
  public void deleteAll(String prefix) {
    lane.drop(it -> it.key().startsWith(prefix));
    inner.deleteAll(prefix);
  }
}
