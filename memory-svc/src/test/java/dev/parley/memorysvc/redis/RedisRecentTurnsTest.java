package dev.parley.memorysvc.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.recollection.RecentTurns;
import dev.parley.memorysvc.recollection.RecentTurnsContract;
import dev.parley.memorysvc.recollection.Scope;
import java.nio.file.Path;
import java.time.Duration;
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
