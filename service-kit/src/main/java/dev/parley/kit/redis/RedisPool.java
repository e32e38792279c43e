package dev.parley.kit.redis;

import dev.parley.kit.failure.Failure;
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
 * connection and 2 for its answer, and is tried again when the server went away, so it must bear
 * being done twice. Thread-safe.
 */
public final class RedisPool implements AutoCloseable {
  private static final int PATIENCE_MS = 2000;
  private static final int MOST_CONNECTIONS = 16;
  private static final Retry UNDER_WAY =
      new Retry(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final RedisClient redis;
  private final Retry retry;

  /** To the server at that address, as in {@code redis://127.0.0.1:6379}. */
  public RedisPool(URI address, Retry retry) {
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

  /** Runs a command that may be run twice. Fails with STORE_FAILED. */
  public <T> T run(Function<UnifiedJedis, T> command) {
    try {
      return retry.run(() -> command.apply(redis), this::passes);
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  /** Gives the connections to a library, which deals with what fails by itself. */
  public <T> T bare(Function<UnifiedJedis, T> library) {
    return library.apply(redis);
  }

  /** Fails with STORE_FAILED when the server does not answer now. */
  public void ping() {
    try {
      redis.ping();
    } catch (JedisException e) {
      throw failed(e);
    }
  }

  /** Whether the server answers now. */
  public boolean answers() {
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
  public void forgetPast() {
    Thread.ofVirtual().name("forget-past").start(this::rewriteWhenIdle);
  }

  private void rewriteWhenIdle() {
    try {
      UNDER_WAY.run(() -> redis.sendCommand(Protocol.Command.BGREWRITEAOF), this::canBeAsked);
    } catch (JedisException | IllegalStateException e) {
      if (!redis.getPool().isClosed()) {
        System.getLogger("parley.redis")
            .log(System.Logger.Level.WARNING, "redis keeps past commands for now", e);
      }
    }
  }

  /** A closed pool will not open again. */
  private boolean canBeAsked(RuntimeException e) {
    return e instanceof JedisException && !redis.getPool().isClosed();
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
    return Failure.of(
            Failure.Code.UNAVAILABLE, "STORE_FAILED", "redis: " + why(cause) + "; try again")
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
