package dev.parley.orchestrator.redis;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.failure.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Connections to one Redis, which need not be there yet. A command waits at most 2 seconds for a
 * connection and 2 for its answer; when the server went away it is tried again for 3 seconds, so
 * commands must bear being done twice. Thread-safe.
 */
public final class RedisConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 2000;
  private static final int REWRITE_TRIES = 30;
  private static final int MOST_CONNECTIONS = 16;

  private final RedisClient redis;
  private final Retry retry;

  /** To the server at that address, as in {@code redis://127.0.0.1:6379}. */
  public RedisConnection(String url) {
    this(url, Retry.STORE);
  }

  RedisConnection(String url, Retry retry) {
    var waits =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(PATIENCE_MS)
            .socketTimeoutMillis(PATIENCE_MS)
            .build();
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(MOST_CONNECTIONS);
    pool.setMaxIdle(MOST_CONNECTIONS);
    pool.setMaxWait(Duration.ofMillis(PATIENCE_MS));
    this.redis =
        RedisClient.builder().clientConfig(waits).fromURI(URI.create(url)).poolConfig(pool).build();
    this.retry = retry;
  }

  /** The log of sessions on it, bounded per session in bytes of media, numbers and time. */
  public RedisEventLog eventLog(long mediaBytes, int numbers, Duration expiry) {
    return new RedisEventLog(this, mediaBytes, numbers, expiry);
  }

  /** Throws when the server is not there. */
  public void ping() {
    try {
      redis.ping();
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  /** Runs a command that may be run twice. Fails with STORE_FAILED. */
  <T> T run(Function<UnifiedJedis, T> command) {
    try {
      return retry.run(() -> command.apply(redis), this::passes);
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  /** Gives the connections to a library, which deals with what fails by itself. */
  <T> T bare(Function<UnifiedJedis, T> library) {
    return library.apply(redis);
  }

  /**
   * Has the file of past commands written anew without what was deleted: the server does it in the
   * background, after one that is under way. A server that will not is left alone.
   */
  void forgetPast() {
    for (int i = 0; i < REWRITE_TRIES; i++) {
      try {
        redis.sendCommand(Protocol.Command.BGREWRITEAOF);
        return;
      } catch (JedisException e) {
        if (!String.valueOf(e.getMessage()).contains("progress")) {
          return;
        }
      }
      try {
        Thread.sleep(PATIENCE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** A lost connection tells that all others of the pool are lost as well. */
  private boolean passes(RuntimeException e) {
    if (e instanceof JedisConnectionException) {
      redis.getPool().clear();
      return true;
    }
    String message = String.valueOf(e.getMessage());
    return message.startsWith("LOADING") || message.startsWith("BUSY");
  }

  private static Failure failed(JedisException cause) {
    return Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "redis: " + why(cause) + "; try again")
        .retryAfter(Duration.ofSeconds(1))
        .causedBy(cause);
  }

  private static String why(JedisException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("MISCONF")) {
      return "cannot write to its disk";
    }
    if (message.startsWith("OOM")) {
      return "its memory is full";
    }
    return cause instanceof JedisConnectionException ? "is not there" : "did not do it";
  }

  @Override
  public void close() {
    redis.close();
  }
}
