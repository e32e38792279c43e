package dev.parley.orchestrator.redis;

import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** Connections to one Redis. Thread-safe. */
public final class RedisConnection implements AutoCloseable {
  private final UnifiedJedis redis;

  /** To the server at that address, as in {@code redis://127.0.0.1:6379}. */
  public RedisConnection(String url) {
    this.redis = RedisClient.create(URI.create(url));
  }

  /** The log of sessions on it. */
  public RedisEventLog eventLog(long mediaBytes, Duration expiry) {
    return new RedisEventLog(redis, mediaBytes, expiry);
  }

  /** Throws when the server is not there. */
  public void ping() {
    redis.ping();
  }

  @Override
  public void close() {
    redis.close();
  }
}
