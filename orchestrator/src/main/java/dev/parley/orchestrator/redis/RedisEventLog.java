package dev.parley.orchestrator.redis;

import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The session log in Redis: per session two sorted sets, of small events and of media, each member
 * the event with its number in front and that number as its score, and a hash with the highest
 * number and the bytes of media kept. One script appends, so that a repeated or concurrent append
 * leaves no doubles; it also drops the oldest events above the bounds. All keys of a session hash
 * to one slot and expire together. Thread-safe; blocks.
 */
public final class RedisEventLog implements EventLog {
  private static final int HEAD = 20;
  private static final byte[] APPEND = script();

  private final RedisConnection redis;
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
    this.mediaBytes = mediaBytes;
    this.numbers = numbers;
    this.expiry = expiry;
  }

  @Override
  public void append(String sessionId, List<StoredEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(Long.toString(expiry.toMillis())));
    arguments.add(bytes(Long.toString(mediaBytes)));
    arguments.add(bytes(Integer.toString(numbers)));
    for (StoredEvent it : events) {
      arguments.add(bytes(Long.toString(it.seq())));
      arguments.add(bytes(it.media() ? "1" : "0"));
      arguments.add(member(it));
    }
    redis.run(it -> it.eval(APPEND, keys(sessionId), arguments));
  }

  @Override
  public List<StoredEvent> readAfter(String sessionId, long afterSeq, int limit) {
    List<byte[]> keys = keys(sessionId);
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
  public long lastSeq(String sessionId) {
    byte[] last = redis.run(it -> it.hget(keys(sessionId).get(2), bytes("last")));
    return Optional.ofNullable(last).map(it -> Long.parseLong(text(it))).orElse(0L);
  }

  @Override
  public void delete(String sessionId) {
    redis.run(it -> it.del(keys(sessionId).toArray(byte[][]::new)));
  }

  static List<byte[]> keys(String sessionId) {
    String slot = "parley:log:{" + sessionId + "}:";
    return List.of(bytes(slot + "events"), bytes(slot + "media"), bytes(slot + "state"));
  }

  private static byte[] member(StoredEvent it) {
    byte[] member = new byte[HEAD + it.bytes().length];
    System.arraycopy(bytes("%020d".formatted(it.seq())), 0, member, 0, HEAD);
    System.arraycopy(it.bytes(), 0, member, HEAD, it.bytes().length);
    return member;
  }

  private static StoredEvent event(byte[] member, boolean media) {
    byte[] bytes = java.util.Arrays.copyOfRange(member, HEAD, member.length);
    String seq = new String(member, 0, HEAD, StandardCharsets.US_ASCII);
    return new StoredEvent(Long.parseLong(seq), media, bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] script() {
    return bytes(
        """
        local last = tonumber(redis.call('HGET', KEYS[3], 'last') or '0')
        local held = tonumber(redis.call('HGET', KEYS[3], 'media') or '0')
        for i = 4, #ARGV, 3 do
          local seq = tonumber(ARGV[i])
          local at = ARGV[i + 1] == '1' and KEYS[2] or KEYS[1]
          if redis.call('ZCOUNT', KEYS[1], seq, seq) + redis.call('ZCOUNT', KEYS[2], seq, seq) == 0
              then
            redis.call('ZADD', at, ARGV[i], ARGV[i + 2])
            if at == KEYS[2] then held = held + #ARGV[i + 2] - 20 end
          end
          if seq > last then last = seq end
        end
        local gone = last - tonumber(ARGV[3])
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', gone)
        local oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        while #oldest > 0 and (held > tonumber(ARGV[2]) or tonumber(oldest[2]) <= gone) do
          redis.call('ZREM', KEYS[2], oldest[1])
          held = held - #oldest[1] + 20
          oldest = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        end
        redis.call('HSET', KEYS[3], 'last', string.format('%d', last), 'media',
            string.format('%d', held))
        for i = 1, 3 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
        return last
        """);
  }
}
