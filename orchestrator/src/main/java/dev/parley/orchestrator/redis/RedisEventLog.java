package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The session log in Redis: per session two sorted sets, of small events and of media, each member
 * the event with its number in front and that number as its score, and a hash with the highest
 * number, the bytes of media kept, the owner with its token, and the state. One script appends, so
 * that a repeated or concurrent append leaves no doubles and a stale owner is refused; it also
 * drops the oldest events above the bounds. All keys of a session hash to one slot and expire
 * together. Thread-safe; reading blocks.
 */
public final class RedisEventLog implements EventLog {
  private static final int HEAD = 20;
  private static final long REFUSED_MS = Duration.ofMinutes(1).toMillis();

  private final RedisConnection redis;
  private final GroupWriter writer;
  private final long mediaBytes;
  private final int numbers;
  private final Duration expiry;

  /**
   * A log over a connection, which stays the caller's.
   *
   * @param mediaBytes bytes of media kept per session, the oldest dropped first
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
      String place, long token, List<StoredEvent> events, Optional<byte[]> state) {
    if (events.isEmpty() && state.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    var arguments = new ArrayList<byte[]>(6 + 3 * events.size());
    arguments.add(bytes(Long.toString(expiry.toMillis())));
    arguments.add(bytes(Long.toString(mediaBytes)));
    arguments.add(bytes(Integer.toString(numbers)));
    arguments.add(bytes(Long.toString(token)));
    arguments.add(bytes(state.isPresent() ? "1" : "0"));
    arguments.add(state.orElse(new byte[0]));
    for (StoredEvent it : events) {
      arguments.add(bytes(Long.toString(it.seq())));
      arguments.add(bytes(it.media() ? "1" : "0"));
      arguments.add(member(it));
    }
    return writer.append(keys(place), arguments);
  }

  @Override
  public List<StoredEvent> readAfter(String place, long afterSeq, int limit) {
    List<byte[]> keys = keys(place);
    var events = new ArrayList<StoredEvent>();
    for (int kind = 0; kind < 2; kind++) {
      byte[] key = keys.get(kind);
      boolean media = kind == 1;
      byte[] after = bytes("(" + afterSeq);
      redis
          .run(it -> it.zrangeByScore(key, after, bytes("+inf"), 0, limit))
          .forEach(it -> events.add(event(it, media)));
    }
    events.sort(Comparator.comparingLong(StoredEvent::seq));
    return List.copyOf(events.subList(0, Math.min(limit, events.size())));
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
    String slot = "parley:log:{" + place + "}:";
    return List.of(bytes(slot + "events"), bytes(slot + "media"), bytes(slot + "state"));
  }

  private static byte[] member(StoredEvent it) {
    byte[] member = new byte[HEAD + it.bytes().length];
    String seq = Long.toString(it.seq());
    java.util.Arrays.fill(member, 0, HEAD - seq.length(), (byte) '0');
    System.arraycopy(bytes(seq), 0, member, HEAD - seq.length(), seq.length());
    System.arraycopy(it.bytes(), 0, member, HEAD, it.bytes().length);
    return member;
  }

  private static StoredEvent event(byte[] member, boolean media) {
    byte[] bytes = java.util.Arrays.copyOfRange(member, HEAD, member.length);
    String seq = new String(member, 0, HEAD, StandardCharsets.US_ASCII);
    return new StoredEvent(Long.parseLong(seq), media, bytes);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
