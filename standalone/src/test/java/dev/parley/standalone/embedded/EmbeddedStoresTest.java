package dev.parley.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

class EmbeddedStoresTest {
  @TempDir Path root;

  @Test
  void aPostgresThatWasKilledIsStartedAgainWithAllThatWasCommitted() throws Exception {
    Path folder = Files.createDirectories(root.resolve("postgres"));
    try (PostgresServer server = PostgresServer.start(folder)) {
      try (var connection = DriverManager.getConnection(server.jdbcUrl());
          var statement = connection.createStatement()) {
        statement.execute("create table kept (word text)");
        statement.execute("insert into kept values ('heard')");
      }
      killPostmaster(folder);
      assertThat(eventually(() -> words(server))).isEqualTo("heard");
    }
    assertThat(Orphans.in(folder, "postgres")).isEmpty();
  }

  @Test
  void aDatabaseThatWasNeverFinishedIsPutAsideAndMadeAnew() throws Exception {
    Path folder = Files.createDirectories(root.resolve("postgres"));
    Files.createDirectories(folder.resolve("data/global"));
    Files.writeString(folder.resolve("data/postgresql.conf"), "half");
    PostgresServer.start(folder).close();
    try (var beside = Files.list(folder)) {
      assertThat(beside.map(it -> it.getFileName().toString()))
          .anyMatch(it -> it.startsWith("unfinished-"));
    }
  }

  @Test
  void aRedisThatWasKilledIsStartedAgainOnItsPortWithItsData() throws Exception {
    Path folder = Files.createDirectories(root.resolve("redis"));
    try (RedisServer server = RedisServer.start(folder)) {
      try (var client = RedisClient.create(server.uri())) {
        client.set("word", "heard");
      }
      Orphans.in(folder, "redis").forEach(ProcessHandle::destroyForcibly);
      assertThat(eventually(() -> word(server))).isEqualTo("heard");
    }
    assertThat(Orphans.in(folder, "redis")).isEmpty();
  }

  @Test
  void ctrlCInTheTerminalDoesNotReachTheStores() throws Exception {
    Path redis = Files.createDirectories(root.resolve("redis"));
    Path postgres = Files.createDirectories(root.resolve("postgres"));
    try (var first = RedisServer.start(redis);
        var second = PostgresServer.start(postgres)) {
      assertThat(List.of(first.uri(), second.jdbcUrl())).doesNotContainNull();
      long ours = groupOf(ProcessHandle.current());
      assertThat(Orphans.in(redis, "redis")).allMatch(it -> groupOf(it) != ours).isNotEmpty();
      assertThat(Orphans.in(postgres, "postgres")).allMatch(it -> groupOf(it) != ours).isNotEmpty();
    }
  }

  /** The process group, the fifth field of proc(5)'s stat; Ctrl-C is sent to a whole group. */
  private static long groupOf(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aRedisLeftByACrashIsEndedAndItsDataIsThere() throws Exception {
    Path folder = Files.createDirectories(root.resolve("redis"));
    RedisServer left = RedisServer.start(folder);
    try (var client = RedisClient.create(left.uri())) {
      client.set("word", "heard");
    }
    left.abandon();
    try (RedisServer next = RedisServer.start(folder)) {
      assertThat(word(next)).isEqualTo("heard");
      assertThat(Orphans.in(folder, "redis")).hasSize(1);
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
  void whatAKilledProcessUnpackedIsDeletedAtTheNextStart() throws Exception {
    Path unpacked = Files.createDirectories(root.resolve("data/tmp/onnxruntime-java1"));
    Files.writeString(unpacked.resolve("libonnxruntime.so"), "a library");
    try (DataFolder held = DataFolder.open(root.resolve("data"))) {
      assertThat(held.folder("tmp")).isEmptyDirectory();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "not a folder");
    assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("cannot be written");
  }

  private static void killPostmaster(Path folder) throws Exception {
    String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip();
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  private static String words(PostgresServer server) throws Exception {
    try (var connection = DriverManager.getConnection(server.jdbcUrl());
        var rows = connection.createStatement().executeQuery("select word from kept")) {
      return rows.next() ? rows.getString(1) : "nothing";
    }
  }

  private static String word(RedisServer server) {
    try (var client = RedisClient.create(server.uri())) {
      return client.get("word");
    }
  }

  /** What is said once it is there again, within half a minute. */
  private static String eventually(Callable<String> question) throws Exception {
    for (int i = 0; i < 300; i++) {
      try {
        return question.call();
      } catch (SQLException | JedisException notYet) {
        Thread.sleep(100);
      }
    }
    return question.call();
  }
}
