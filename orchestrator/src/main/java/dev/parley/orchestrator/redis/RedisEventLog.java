package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The session log in Redis: per session two streams, of small events and of media, each entry a
 * {@link Pack} with its last number as its id, and a hash with the highest number, the bytes of
 * media kept, the owner with its token, and the state. One script appends, so that a stale owner is
 * refused, and drops the oldest packs above the bounds; what was appended twice is read once. All
 * keys of a session hash to one slot and expire together. Thread-safe; reading blocks.
 */
public final class RedisEventLog implements EventLog {
  private static final long REFUSED_MS = Duration.ofMinutes(1).toMillis();

  private final RedisConnection redis;
  private final GroupWriter writer;
  private final long mediaBytes;
  private final int numbers;
  private final Duration expiry;

  /**
   * A log over a connection, which stays the caller's.
   *
   * @param mediaBytes bytes of media kept per session, with 12 more for each event, the oldest
   *     dropped first
   * @param numbers an event whose number is so far behind the last one is dropped
   * @param expiry how long a session's events live after its last one
   */
  RedisEventLog(RedisConnection redis, long mediaBytes, int numbers, Duration expiry) {
    this.redis = redis;
    this.writer = redis.writer();
    this.mediaBytes = mediaBytes;
    this.numbers = numbers;
    this.expiry = expiry;
  }

  @Override
  public CompletableFuture<Void> append(
      String place, long token, List<StoredEvent> events, Optional<byte[]> state, boolean urgent) {
    if (events.isEmpty() && state.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var arguments = new ArrayList<byte[]>(13);
    arguments.add(bytes(Long.toString(expiry.toMillis())));
    arguments.add(bytes(Long.toString(mediaBytes)));
    arguments.add(bytes(Integer.toString(numbers)));
    arguments.add(bytes(Long.toString(token)));
    arguments.add(bytes(state.isPresent() ? "1" : "0"));
    arguments.add(state.orElse(new byte[0]));
    arguments.add(bytes(events.isEmpty() ? "0" : Long.toString(events.getLast().seq())));
    for (boolean media : List.of(false, true)) {
      for (Pack it : Pack.of(events, media)) {
        arguments.add(bytes(media ? "1" : "0"));
        arguments.add(bytes(Long.toString(it.last())));
        arguments.add(it.member());
      }
    }
    return writer.append(keys(place), arguments, urgent);
  }

  @Override
  public List<StoredEvent> readAfter(String place, long afterSeq, int limit) {
    List<byte[]> keys = keys(place);
    var events = new TreeMap<Long, StoredEvent>();
    for (int kind = 0; kind < 2; kind++) {
      byte[] key = keys.get(kind);
      boolean media = kind == 1;
      byte[] after = bytes("(" + afterSeq);
      // What came twice stands first as it came first.
      redis.run(it -> it.xrange(key, after, bytes("+"), limit)).stream()
          .flatMap(it -> Pack.events(member(it), media).stream())
          .filter(it -> it.seq() > afterSeq)
          .forEach(it -> events.putIfAbsent(it.seq(), it));
    }
    return events.values().stream().limit(limit).toList();
  }

  /** What stands in an entry, which is its id and a list of a field's name and value. */
  private static byte[] member(Object entry) {
    return (byte[]) ((List<?>) ((List<?>) entry).get(1)).get(1);
  }

  @Override
  public Optional<byte[]> state(String place) {
    return field(place, "record");
  }

  @Override
  public long lastSeq(String place) {
    return field(place, "last").map(it -> Long.parseLong(text(it))).orElse(0L);
  }

  private Optional<byte[]> field(String place, String name) {
    return Optional.ofNullable(redis.run(it -> it.hget(stateKey(place), bytes(name))));
  }

  @Override
  public void delete(String place) {
    drop(redis, place);
  }

  /** Whether there was anything of it. */
  static boolean drop(RedisConnection redis, String place) {
    List<byte[]> refused = List.of(bytes(Long.toString(REFUSED_MS)));
    return (Long) redis.call(Script.DROP, keys(place), refused) > 0;
  }

  static byte[] stateKey(String place) {
    return keys(place).get(2);
  }

  private static List<byte[]> keys(String place) {
    String slot = "parley:journal:{" + place + "}:";
    return List.of(bytes(slot + "log"), bytes(slot + "log:media"), bytes(slot + "state"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
