package dev.parley.memorysvc.redis;

import static java.time.Instant.EPOCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.RecentTurnsContract;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

class RedisRecentTurnsTest extends RecentTurnsContract {
  @TempDir static Path folder;
  private static RedisServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected RecentTurns open() {
    try (RedisClient client = RedisClient.create(server.address())) {
      client.flushAll();
    }
    return RedisRecentTurns.at(server.address(), Duration.ofHours(1));
  }

  @Test
  void turnsExpireAndLeaveNothingBehind() throws Exception {
    try (RecentTurns brief = RedisRecentTurns.at(server.address(), Duration.ofMillis(150))) {
      brief.append(ANN, turn("t1", "s1", "ada", 1), 20);
      assertThat(brief.last(ANN, "s1", 10)).hasSize(1);
      Thread.sleep(300);
      assertThat(brief.last(ANN, "s1", 10)).isEmpty();
    }
    try (RedisClient client = RedisClient.create(server.address())) {
      assertThat(client.keys("*")).isEmpty();
    }
  }

  @Test
  void forgettingAPersonLeavesNoKey() {
    recent.append(ANN, turn("t1", "s1", "ada", 1), 20);
    recent.append(ANN, turn("t2", "s2", "ben", 2), 20);
    recent.remove(Scope.of(ANN));
    try (RedisClient client = RedisClient.create(server.address())) {
      assertThat(client.keys("*")).isEmpty();
    }
  }

  @Test
  void forgottenWordsLeaveTheFileOfPastCommands(@TempDir Path other) throws Exception {
    try (RedisServer durable = RedisServer.start(other);
        RedisClient client = RedisClient.create(durable.address());
        RecentTurns turns = RedisRecentTurns.at(durable.address(), Duration.ofHours(1))) {
      client.configSet("appendonly", "yes");
      turns.append(ANN, new RememberedTurn("t1", "s1", "ada", "xylophone", "", EPOCH), 20);
      for (int i = 0; i < 100 && !onDisk(other, "xylophone"); i++) {
        Thread.sleep(50);
      }
      assertThat(onDisk(other, "xylophone")).isTrue();
      turns.remove(Scope.of(ANN));
      for (int i = 0; i < 200 && onDisk(other, "xylophone"); i++) {
        Thread.sleep(50);
      }
      assertThat(onDisk(other, "xylophone")).isFalse();
    }
  }

  private static boolean onDisk(Path folder, String word) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path it : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(it), StandardCharsets.ISO_8859_1).contains(word)) {
          return true;
        }
      }
    } catch (UncheckedIOException | NoSuchFileException rewritten) {
      return true;
    }
    return false;
  }

  @Test
  void aServerThatIsGoneIsAFailureAndItsReturnIsNoticed(@TempDir Path other) throws Exception {
    RedisServer second = RedisServer.start(other);
    try (RecentTurns turns = RedisRecentTurns.at(second.address(), Duration.ofHours(1))) {
      turns.append(ANN, turn("t1", "s1", "ada", 1), 20);
      second.close();
      assertThat(turns.isHealthy()).isFalse();
      assertThatThrownBy(() -> turns.append(ANN, turn("t2", "s1", "ada", 2), 20))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("redis");
      second = RedisServer.startOn(second.port(), other);
      turns.append(ANN, turn("t3", "s1", "ada", 3), 20);
      assertThat(turns.last(ANN, "s1", 10)).hasSize(1);
      assertThat(turns.isHealthy()).isTrue();
    } finally {
      second.close();
    }
  }
}
