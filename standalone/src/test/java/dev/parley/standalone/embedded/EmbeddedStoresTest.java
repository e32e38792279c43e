package dev.parley.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class EmbeddedStoresTest {
  @TempDir Path root;

  @Test
  void postgresKeepsWhatWasCommittedWhenItWasKilled() throws Exception {
    Path folder = Files.createDirectories(root.resolve("postgres"));
    PostgresServer first = PostgresServer.start(folder);
    try (var connection = DriverManager.getConnection(first.jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute("create table kept (word text)");
      statement.execute("insert into kept values ('heard')");
    }
    long pid =
        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().trim());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();

    try (PostgresServer second = PostgresServer.start(folder);
        var connection = DriverManager.getConnection(second.jdbcUrl());
        var rows = connection.createStatement().executeQuery("select word from kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("heard");
    }
  }

  @Test
  void aRedisLeftByACrashIsEndedAndItsDataIsThere() throws Exception {
    Path folder = Files.createDirectories(root.resolve("redis"));
    RedisServer left = RedisServer.start(folder);
    try (var client = RedisClient.create(left.uri())) {
      client.set("word", "heard");
      Thread.sleep(1100);
    }
    try (RedisServer next = RedisServer.start(folder);
        var client = RedisClient.create(next.uri())) {
      assertThat(client.get("word")).isEqualTo("heard");
      assertThat(next.uri()).isNotEqualTo(left.uri());
    }
  }

  @Test
  void theObjectStoreSpeaksS3AndRefusesStrangers() throws Exception {
    Path folder = Files.createDirectories(root.resolve("objects"));
    try (ObjectStore store = ObjectStore.start(folder);
        HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(store.endpoint() + "/")).build();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("AccessDenied");
    }
  }

  @Test
  void twoStartsOnOneFolderCannotMeet() {
    try (DataFolder held = DataFolder.open(root.resolve("data"))) {
      assertThat(held.folder("x")).isDirectory();
      assertThatThrownBy(() -> DataFolder.open(root.resolve("data")))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another Parley runs on it");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "not a folder");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be written");
  }
}
