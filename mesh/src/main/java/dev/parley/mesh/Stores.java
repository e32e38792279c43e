package dev.parley.mesh;

import dev.parley.kit.failure.Retry;
import dev.parley.kit.health.Part;
import dev.parley.kit.redis.RedisPool;
import dev.parley.standalone.StoreAddresses;
import dev.parley.standalone.embedded.DataFolder;
import dev.parley.standalone.embedded.ObjectStore;
import dev.parley.standalone.embedded.PostgresServer;
import dev.parley.standalone.embedded.RedisServer;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/** PostgreSQL and Redis that all processes share, each a process itself, kept alive from here. */
final class Stores implements AutoCloseable {
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final RedisPool asked;

  private Stores(PostgresServer postgres, RedisServer redis) {
    this.postgres = postgres;
    this.redis = redis;
    this.asked = new RedisPool(URI.create(redis.uri()), Retry.STORE);
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

  /** Both as they are shown. */
  List<Row> rows() {
    return List.of(
        new Row(
            "postgres",
            postgres.pid(),
            Map.of("sql", postgres.port()),
            serves(),
            postgres.restarts()),
        new Row(
            "redis",
            redis.pid(),
            Map.of("redis", redis.port()),
            asked.answers(),
            redis.restarts()));
  }

  /** What the operators' page says of them. */
  List<Part> parts() {
    return List.of(
        Part.probed("postgres", "port " + postgres.port(), this::mustServe),
        Part.probed("redis", "port " + redis.port(), asked::ping));
  }

  private boolean serves() {
    try {
      mustServe();
      return true;
    } catch (IllegalStateException down) {
      return false;
    }
  }

  /** Its port is open before it takes anybody in. */
  private void mustServe() {
    Properties waits = new Properties();
    waits.setProperty("connectTimeout", "1");
    waits.setProperty("socketTimeout", "1");
    try (Connection served = DriverManager.getConnection(postgres.jdbcUrl(), waits)) {
      served.getMetaData();
    } catch (SQLException down) {
      throw new IllegalStateException("it takes nobody in: " + down.getMessage(), down);
    }
  }

  @Override
  public void close() {
    asked.close();
    redis.close();
    postgres.close();
  }
}
