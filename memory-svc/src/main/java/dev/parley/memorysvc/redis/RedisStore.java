package dev.parley.memorysvc.redis;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One Redis, which need not be there yet. A command waits at most 2 seconds for a connection and 2
 * for its answer, and is tried again for 3 when the server went away, so it must bear being done
 * twice. Thread-safe.
 */
final class RedisStore implements AutoCloseable {
  private static final int PATIENCE_MS = 2000;
  private static final int MOST_CONNECTIONS = 16;
  private static final Retry UNDER_WAY =
      new Retry(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final RedisClient redis;
  private final Retry retry;

  RedisStore(URI address, Retry retry) {
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
        RedisClient.builder().clientConfig(waits).fromURI(address).poolConfig(pool).build();
    this.retry = retry;
  }

  /** Fails with UNAVAILABLE. */
  <T> T run(Function<RedisClient, T> command) {
    try {
      return retry.run(() -> command.apply(redis), this::passes);
    } catch (JedisException e) {
      throw Failure.unavailable("redis: " + e.getMessage(), Duration.ofSeconds(1)).causedBy(e);
    }
  }

  boolean answers() {
    try {
      return "PONG".equals(redis.ping());
    } catch (JedisException e) {
      return false;
    }
  }

  /**
   * Has the file of past commands written anew without what was deleted, soon: the server does it
   * in the background, and after one that is under way.
   */
  void forgetPast() {
    Thread.ofVirtual().name("forget-past").start(this::rewriteWhenIdle);
  }

  private void rewriteWhenIdle() {
    try {
      UNDER_WAY.run(() -> redis.sendCommand(Protocol.Command.BGREWRITEAOF), this::canBeAsked);
    } catch (JedisException | IllegalStateException e) {
      if (!redis.getPool().isClosed()) {
        System.getLogger("parley.memory")
            .log(System.Logger.Level.WARNING, "redis keeps past commands for now", e);
      }
    }
  }

  /** A closed pool will not open again. */
  private boolean canBeAsked(RuntimeException e) {
    return e instanceof JedisException && !redis.getPool().isClosed();
  }

  private boolean passes(RuntimeException e) {
    if (e instanceof JedisConnectionException) {
      redis.getPool().clear();
      return true;
    }
    return String.valueOf(e.getMessage()).startsWith("LOADING");
  }

  @Override
  public void close() {
    redis.close();
  }
}
