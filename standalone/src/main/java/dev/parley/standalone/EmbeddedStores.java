package dev.parley.standalone;

import dev.parley.standalone.embedded.DataFolder;
import dev.parley.standalone.embedded.ObjectStore;
import dev.parley.standalone.embedded.PostgresServer;
import dev.parley.standalone.embedded.RedisServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** PostgreSQL, Redis and S3 of a standalone Parley, all under one data folder. */
final class EmbeddedStores implements AutoCloseable {
  private final DataFolder folder;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final PostgresServer postgres;
  private final RedisServer redis;
  private final ObjectStore objects;

  private EmbeddedStores(
      DataFolder folder, PostgresServer postgres, RedisServer redis, ObjectStore objects) {
    this.folder = folder;
    this.postgres = postgres;
    this.redis = redis;
    this.objects = objects;
    running.addAll(List.of(objects, redis, postgres, folder));
  }

  /** Starts the three side by side; what had started is stopped when one fails. */
  static EmbeddedStores start(Path root) {
    DataFolder folder = DataFolder.open(root);
    Executor threads = task -> Thread.ofPlatform().name("start").start(task);
    var postgres =
        CompletableFuture.supplyAsync(
            () -> PostgresServer.start(folder.folder("postgres")), threads);
    var redis =
        CompletableFuture.supplyAsync(() -> RedisServer.start(folder.folder("redis")), threads);
    var objects =
        CompletableFuture.supplyAsync(() -> ObjectStore.start(folder.folder("objects")), threads);
    try {
      return new EmbeddedStores(folder, postgres.join(), redis.join(), objects.join());
    } catch (CompletionException e) {
      List.of(postgres, redis, objects).forEach(EmbeddedStores::stop);
      folder.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Where each service finds its store, as settings. */
  List<String> settings() {
    return new StoreAddresses(
            postgres.jdbcUrl(),
            redis.uri(),
            objects.endpoint(),
            objects.accessKey(),
            objects.secretKey())
        .settings(folder);
  }

  /** Which program serves Redis. */
  String redisProgram() {
    return redis.programName();
  }

  @Override
  public void close() {
    running.forEach(EmbeddedStores::close);
  }

  private static void stop(CompletableFuture<? extends AutoCloseable> started) {
    started.handle((store, failure) -> store).thenAccept(EmbeddedStores::close).join();
  }

  private static void close(AutoCloseable store) {
    try {
      if (store != null) {
        store.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a store did not stop", e);
    }
  }
}
