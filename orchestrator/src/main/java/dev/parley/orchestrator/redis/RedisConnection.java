package dev.parley.orchestrator.redis;

import dev.parley.kit.failure.Retry;
import dev.parley.kit.redis.RedisPool;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.UnifiedJedis;

/** The orchestrator's Redis and what is kept in it. Thread-safe; see {@link RedisPool}. */
public final class RedisConnection implements AutoCloseable {
  private final RedisPool pool;

  /** To the server at that address, as in {@code redis://127.0.0.1:6379}. */
  public RedisConnection(String url) {
    this(url, Retry.STORE);
  }

  RedisConnection(String url, Retry retry) {
    this.pool = new RedisPool(URI.create(url), retry);
  }

  /** The log of sessions on it, bounded per session in bytes of media, numbers and time. */
  public RedisEventLog eventLog(long mediaBytes, int numbers, Duration expiry) {
    return new RedisEventLog(this, mediaBytes, numbers, expiry);
  }

  /** Throws when the server is not there. */
  public void ping() {
    pool.ping();
  }

  /** Runs a command that may be run twice. Fails with STORE_FAILED. */
  <T> T run(Function<UnifiedJedis, T> command) {
    return pool.run(command);
  }

  /** Gives the connections to a library, which deals with what fails by itself. */
  <T> T bare(Function<UnifiedJedis, T> library) {
    return pool.bare(library);
  }

  /** Has the file of past commands written anew without what was deleted, soon. */
  void forgetPast() {
    pool.forgetPast();
  }

  @Override
  public void close() {
    pool.close();
  }
}
