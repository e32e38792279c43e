package dev.parley.orchestrator.redis;

import dev.parley.kit.failure.Retry;
import dev.parley.kit.redis.RedisPool;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The orchestrator's Redis and what is kept in it. Thread-safe; see {@link RedisPool}. */
public final class RedisConnection implements AutoCloseable {
  private final RedisPool pool;
  private final GroupWriter writer;

  /** To the server at that address, as in {@code redis://127.0.0.1:6379}. */
  public RedisConnection(String url) {
    this(url, Retry.STORE);
  }

  RedisConnection(String url, Retry retry) {
    this.pool = new RedisPool(URI.create(url), retry);
    this.writer = new GroupWriter(this);
  }

  /** The log of sessions on it, bounded per session in bytes of media, numbers and time. */
  public RedisEventLog eventLog(long mediaBytes, int numbers, Duration expiry) {
    return new RedisEventLog(this, mediaBytes, numbers, expiry);
  }

  /**
   * Who owns which session, as one of many replicas.
   *
   * @param replica names this process; never used before
   * @param address where its calls are taken; empty where nobody can reach it
   * @param life how long it lives after a beat
   * @param expiry how long a session's owner is known after its last event
   */
  public RedisLeases leases(String replica, String address, Duration life, Duration expiry) {
    return new RedisLeases(this, replica, address, life, expiry);
  }

  GroupWriter writer() {
    return writer;
  }

  /** Runs a script that may be run twice. Fails with STORE_FAILED. */
  Object call(Script script, List<byte[]> keys, List<byte[]> arguments) {
    return run(it -> {
      try {
        return it.evalsha(script.digest(), keys, arguments);
      } catch (JedisNoScriptException unknown) {
        return it.eval(script.text(), keys, arguments);
      }
    });
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
    writer.close();
    pool.close();
  }
}
