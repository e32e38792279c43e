package dev.parley.memorysvc.embedding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Embeds a text once while it is remembered: at most {@code capacity} vectors, the least recently
 * used leaves first. Keys are the model's name and a hash, so that no text is held in memory.
 */
public final class CachingEmbedder implements Embedder {
  private final Embedder embedder;
  private final int capacity;
  private final LinkedHashMap<String, Vector> vectors = new LinkedHashMap<>(16, 0.75f, true);

  /** Puts a cache of at least 1 vector before an embedder. */
  public CachingEmbedder(Embedder embedder, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected 1 or more)");
    }
    this.embedder = embedder;
    this.capacity = capacity;
  }

  @Override
  public String model() {
    return embedder.model();
  }

  @Override
  public int dimensions() {
    return embedder.dimensions();
  }

  @Override
  public List<Vector> embed(List<String> texts) {
    List<String> keys = texts.stream().map(this::key).toList();
    Map<String, Vector> known = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      Optional<Vector> vector = find(key);
      vector.ifPresent(found -> known.put(key, found));
      if (vector.isEmpty()) {
        missing.put(key, texts.get(i));
      }
    }
    if (!missing.isEmpty()) {
      List<Vector> made = embedder.embed(List.copyOf(missing.values()));
      List<String> madeKeys = new ArrayList<>(missing.keySet());
      for (int i = 0; i < made.size(); i++) {
        known.put(madeKeys.get(i), made.get(i));
        keep(madeKeys.get(i), made.get(i));
      }
    }
    return keys.stream().map(known::get).toList();
  }

  @Override
  public void close() {
    embedder.close();
  }

  /** Lets go of all vectors, as none tells whose text it came from; says how many. */
  public synchronized int clear() {
    int gone = vectors.size();
    vectors.clear();
    return gone;
  }

  private synchronized Optional<Vector> find(String key) {
    return Optional.ofNullable(vectors.get(key));
  }

  private synchronized void keep(String key, Vector vector) {
    vectors.put(key, vector);
    if (vectors.size() > capacity) {
      vectors.pollFirstEntry();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private String key(String text) {
    byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return embedder.model() + ":" + HexFormat.of().formatHex(hash);
  }
}
