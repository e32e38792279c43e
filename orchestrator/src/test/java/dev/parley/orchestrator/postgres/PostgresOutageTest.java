package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.SessionRecord;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed and comes back while it is used, or that has no time. */
class PostgresOutageTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private EmbeddedPostgres server;
  private PostgresDatabase database;
  private PostgresSessionStore sessions;

  @BeforeEach
  void open() throws IOException {
    server = server(0);
    database = database(new Retry(ms(50), ms(400), Duration.ofSeconds(30)));
    sessions = new PostgresSessionStore(database, Transcripts.PLAIN);
  }

  @AfterEach
  void close() throws IOException {
    database.close();
    server.close();
  }

  @Test
  void nothingAcknowledgedIsLostWhenItIsKilledUnderUse() throws Exception {
    Thread outage = Thread.ofPlatform().start(this::killAndRestart);
    int acknowledged = 0;
    while (outage.isAlive() || acknowledged < 20) {
      sessions.create(session("s" + acknowledged));
      acknowledged++;
    }
    for (int i = 0; i < acknowledged; i++) {
      assertThat(sessions.find(Owner.LOCAL, "s" + i)).as("s" + i).isPresent();
    }
  }

  @Test
  void saysSoWhileItIsAwayAndGoesOnWhenItIsBack() throws Exception {
    try (PostgresDatabase impatient = database(new Retry(ms(1), ms(1), Duration.ZERO))) {
      impatient.ping();
      kill();
      var store = new PostgresSessionStore(impatient, Transcripts.PLAIN);
      assertThatThrownBy(() -> store.find(Owner.LOCAL, "s1"))
          .isInstanceOfSatisfying(
              Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"))
          .hasMessage("postgres: it is not there; try again");
      assertThatThrownBy(impatient::ping).isInstanceOf(Failure.class);
      server = server(server.getPort());
      new PostgresSessionStore(database, Transcripts.PLAIN).create(session("s1"));
      assertThat(sessions.find(Owner.LOCAL, "s1")).isPresent();
    }
  }

  @Test
  void aServerThatIsNotThereAtTheStartIsNamed() {
    assertThatThrownBy(
            () -> PostgresDatabase.open("jdbc:postgresql://127.0.0.1:1/x", "postgres", "", 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("postgres: it is not there");
  }

  @Test
  void whereNoConnectionIsFreeItIsSaidSo() throws Exception {
    var taken = new CountDownLatch(4);
    var free = new CompletableFuture<Integer>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor();
        var impatient = database(new Retry(ms(1), ms(1), Duration.ZERO))) {
      for (int i = 0; i < 4; i++) {
        callers.submit(() ->
            impatient.with(_ -> {
              taken.countDown();
              return free.join();
            }));
      }
      taken.await();
      try {
        assertThatThrownBy(impatient::ping)
            .hasMessage("postgres: all its connections are in use; try again");
      } finally {
        free.complete(0);
      }
    }
  }

  private void killAndRestart() {
    try {
      Thread.sleep(200);
      kill();
      Thread.sleep(300);
      server = server(server.getPort());
      Thread.sleep(200);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void kill() throws IOException {
    Path file = folder.resolve("data/postmaster.pid");
    long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    server.close();
  }

  private EmbeddedPostgres server(int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(Files.createDirectories(folder.resolve("data")))
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setPGStartupWait(Duration.ofSeconds(30));
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private PostgresDatabase database(Retry retry) {
    return PostgresDatabase.open(
        server.getJdbcUrl("postgres", "postgres"), "postgres", "", 4, retry);
  }

  private static Duration ms(int millis) {
    return Duration.ofMillis(millis);
  }

  private static SessionRecord session(String id) {
    return new SessionRecord(
        id, Owner.LOCAL, "ada", "", "en-US", "token", "", "{}", NOW, NOW, 0, false);
  }
}
