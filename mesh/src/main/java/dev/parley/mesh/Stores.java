package dev.parley.mesh;

import dev.parley.standalone.StoreAddresses;
import dev.parley.standalone.embedded.DataFolder;
import dev.parley.standalone.embedded.ObjectStore;
import dev.parley.standalone.embedded.PostgresServer;
import dev.parley.standalone.embedded.RedisServer;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL and Redis that all processes share, each a process itself, kept alive from here. */
final class Stores implements AutoCloseable {
  private final PostgresServer postgres;
  private final RedisServer redis;

  private Stores(PostgresServer postgres, RedisServer redis) {
    this.postgres = postgres;
    this.redis = redis;
  }

  /** Starts both side by side. */
  static Stores start(DataFolder folder) {
    var postgres =
        CompletableFuture.supplyAsync(
            () -> PostgresServer.start(folder.folder("postgres")),
            task -> Thread.ofPlatform().name("start-postgres").start(task));
    RedisServer redis = RedisServer.start(folder.folder("redis"));
    try {
      return new Stores(postgres.join(), redis);
    } catch (RuntimeException e) {
      redis.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Where they are, with the S3 store, which is a process of our own. */
  StoreAddresses addresses(int s3Port, String s3Secret) {
    return new StoreAddresses(
        postgres.jdbcUrl(),
        redis.uri(),
        "http://127.0.0.1:" + s3Port,
        ObjectStore.ACCESS_KEY,
        s3Secret);
  }

  @Override
  public void close() {
    redis.close();
    postgres.close();
  }
}
