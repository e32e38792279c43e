package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.StoredEvent;
import dev.parley.orchestrator.postgres.PostgresDatabase;
import dev.parley.orchestrator.postgres.PostgresSessionStore;
import dev.parley.orchestrator.postgres.Transcripts;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.s3.S3MediaStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A file system without a byte left, under all three stores; only where one can be mounted. */
@Timeout(300)
@EnabledIfSystemProperty(named = "parley.long", matches = "true")
class DiskFullTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Retry UNTIL_IT_IS_WELL =
      new Retry(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(60));

  @TempDir Path root;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = done("mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", root.toString());
    assumeTrue(mounted, "no right to mount a file system here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      done("umount", "-l", root.toString());
    }
  }

  @Test
  void isSaidByEveryStoreAndWhenThereIsRoomAgainAllGoesOn() throws Exception {
    try (EmbeddedStores stores = EmbeddedStores.start(root.resolve("data"))) {
      Map<String, String> at = Crashing.addresses(stores);
      S3MediaStore media = Crashing.objects(at);
      try (PostgresDatabase database =
              PostgresDatabase.open(
                  at.get("orchestrator.postgres-url"), "postgres", "postgres", 2);
          var redis = new RedisConnection(at.get("orchestrator.redis-url"))) {
        var sessions = new PostgresSessionStore(database, Transcripts.PLAIN);
        EventLog log = redis.eventLog(1 << 20, 10_000, Duration.ofHours(1));
        write(sessions, log, media, "before");
        Path filler = fill();

        assertThatThrownBy(() -> media.put("during", new byte[1 << 20], "audio/wav"))
            .isInstanceOf(Failure.class)
            .hasMessageContaining("object store");
        assertThatThrownBy(() -> manySessions(sessions))
            .isInstanceOf(Failure.class)
            .hasMessageContaining("postgres");
        assertThatThrownBy(() -> manyEvents(log))
            .isInstanceOf(Failure.class)
            .hasMessageContaining("redis: cannot write to its disk");

        Files.delete(filler);
        UNTIL_IT_IS_WELL.run(
            () -> {
              write(sessions, log, media, "after");
              return media;
            },
            Failure.class::isInstance);
        for (String word : List.of("before", "after")) {
          assertThat(sessions.find(Owner.LOCAL, word)).isPresent();
          assertThat(log.lastSeq(word)).isEqualTo(1);
          assertThat(media.stat(word)).isPresent();
        }
      }
    }
  }

  private static void write(
      PostgresSessionStore sessions, EventLog log, S3MediaStore media, String word) {
    media.put(word, new byte[1000], "audio/wav");
    sessions.create(session(word, ""));
    append(log, word, new StoredEvent(1, false, new byte[10]));
  }

  /** What the log failed with, as it failed. */
  private static void append(EventLog log, String session, StoredEvent event) {
    try {
      log.append(session, 0, List.of(event), Optional.empty(), true).join();
    } catch (CompletionException failed) {
      throw (RuntimeException) failed.getCause();
    }
  }

  private static void manySessions(PostgresSessionStore sessions) {
    for (int i = 0; i < 1000; i++) {
      sessions.create(session("many" + i, "x".repeat(100_000)));
    }
  }

  /** A failed write of the file shows at the next command, or at the one after. */
  private static void manyEvents(EventLog log) throws InterruptedException {
    for (int i = 1; i <= 100; i++) {
      append(log, "many", new StoredEvent(i, false, new byte[100_000]));
      Thread.sleep(50);
    }
  }

  private Path fill() throws IOException {
    Path filler = root.resolve("filler");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      return filler;
    }
  }

  private static SessionRecord session(String id, String settings) {
    return new SessionRecord(
        id, Owner.LOCAL, "ada", "", "en-US", "token", "", settings, NOW, NOW, 0, false);
  }

  private static boolean done(String... command) throws Exception {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
