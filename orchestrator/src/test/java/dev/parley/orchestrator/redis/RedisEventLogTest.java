package dev.parley.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.EventLogContract;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisEventLogTest extends EventLogContract {
  @TempDir static Path folder;
  private static RedisForTests server;
  private static RedisConnection redis;

  @BeforeAll
  static void start() throws Exception {
    server = new RedisForTests(folder);
    redis = new RedisConnection(server.url());
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    redis.run(it -> it.flushAll());
  }

  @Override
  protected EventLog log(long mediaBytes, int numbers) {
    return redis.eventLog(mediaBytes, numbers, Duration.ofMinutes(1));
  }

  @Test
  void aSessionExpiresAndLeavesNoKey() throws Exception {
    EventLog log = redis.eventLog(1000, 1000, Duration.ofMillis(100));
    append(log, "c", List.of(event(1, false, 1), event(2, true, 1)));
    Thread.sleep(300);
    assertThat(log.readAfter("c", 0, 10)).isEmpty();
    assertThat(redis.<Long>run(it -> it.dbSize())).isZero();
  }

  @Test
  void nothingAcknowledgedIsLostWhenRedisIsKilledUnderUse() throws Exception {
    EventLog log = log(1 << 20, 10_000);
    Thread restart = Thread.ofPlatform().start(RedisEventLogTest::killAndRestart);
    long acknowledged = 0;
    for (long seq = 1; restart.isAlive() || seq <= 50; seq++) {
      append(log, "k", List.of(event(seq, seq % 2 == 0, 20)));
      acknowledged = seq;
    }
    assertThat(log.lastSeq("k")).isEqualTo(acknowledged);
    assertThat(log.readAfter("k", 0, 10_000))
        .extracting(StoredEvent::seq)
        .endsWith(acknowledged)
        .doesNotHaveDuplicates()
        .hasSize((int) Math.min(acknowledged, 10_000));
  }

  @Test
  void saysSoWhenRedisStaysAway() {
    var brief = new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(5));
    try (var nowhere = new RedisConnection("redis://127.0.0.1:1", brief)) {
      EventLog log = nowhere.eventLog(1000, 1000, Duration.ofMinutes(1));
      assertThatThrownBy(() -> append(log, "d", List.of(event(1, false, 1))))
          .cause()
          .isInstanceOfSatisfying(
              Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"))
          .hasMessageContaining("redis: is not there");
      assertThatThrownBy(nowhere::ping).hasMessageContaining("redis");
    }
  }

  @Test
  void aRedisThatHangsIsNotWaitedForWithoutEnd(@TempDir Path other) throws Exception {
    var never = new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    try (var hanging = new RedisForTests(other);
        var connection = new RedisConnection(hanging.url(), never)) {
      EventLog log = connection.eventLog(1000, 1000, Duration.ofMinutes(1));
      append(log, "h", List.of(event(1, false, 1)));
      hanging.signal("STOP");
      assertThatThrownBy(() -> append(log, "h", List.of(event(2, false, 1))))
          .hasCauseInstanceOf(Failure.class);
      hanging.signal("CONT");
      append(log, "h", List.of(event(2, false, 1)));
      assertThat(log.lastSeq("h")).isEqualTo(2);
    }
  }

  private static void killAndRestart() {
    try {
      Thread.sleep(100);
      server.kill();
      Thread.sleep(200);
      server.start();
      Thread.sleep(100);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
