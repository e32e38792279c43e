package dev.parley.standalone;

import dev.parley.orchestrator.s3.S3MediaStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.RedisClient;

/** A process that writes into all stores of a folder, says so, and waits to be killed. */
final class Crashing {
  private Crashing() {}

  /** Folder and what to write. */
  public static void main(String[] arguments) throws Exception {
    write(EmbeddedStores.start(Path.of(arguments[0])), arguments[1]);
    System.out.println("acknowledged");
    Thread.sleep(600_000);
  }

  private static void write(EmbeddedStores stores, String word) throws Exception {
    Map<String, String> at = addresses(stores);
    try (var connection = DriverManager.getConnection(at.get("orchestrator.postgres-url"));
        var statement = connection.createStatement()) {
      statement.execute("create table if not exists kept (word text)");
      statement.execute("insert into kept values ('" + word + "')");
    }
    try (var redis = RedisClient.create(at.get("orchestrator.redis-url"))) {
      redis.sadd("kept", word);
    }
    objects(at).put("kept/" + word, word.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  static S3MediaStore objects(Map<String, String> at) {
    return S3MediaStore.open(
        at.get("orchestrator.s3-endpoint"),
        at.get("orchestrator.s3-access-key"),
        at.get("orchestrator.s3-secret-key"),
        "parley-media",
        java.util.Optional.empty());
  }

  static Map<String, String> addresses(EmbeddedStores stores) {
    return stores.settings().stream()
        .map(it -> it.substring(2).split("=", 2))
        .collect(Collectors.toMap(it -> it[0], it -> it[1]));
  }
}
