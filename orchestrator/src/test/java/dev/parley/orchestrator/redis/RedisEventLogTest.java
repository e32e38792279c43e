package dev.parley.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

class RedisEventLogTest {
  private static Process server;
  private static RedisClient redis;

  @BeforeAll
  static void start() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    server =
        new ProcessBuilder("redis-server", "--port", "" + port, "--save", "", "--bind", "127.0.0.1")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    redis = RedisClient.create("127.0.0.1", port);
    for (int i = 0; i < 100 && !answers(); i++) {
      Thread.sleep(50);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    server.destroy();
    server.waitFor();
  }

  @Test
  void givesBackInOrderWhatCameAfterANumber() {
    var log = new RedisEventLog(redis, 1000, Duration.ofMinutes(1));
    log.append("a", List.of(event(1, false, 3), event(2, true, 3), event(3, false, 0)));
    log.append("a", List.of(event(3, false, 9), event(4, true, 3)));
    assertThat(log.readAfter("a", 1, 10))
        .extracting(StoredEvent::seq, StoredEvent::media, it -> it.bytes().length)
        .containsExactly(tuple(2, true, 3), tuple(3, false, 0), tuple(4, true, 3));
    assertThat(log.readAfter("a", 0, 2)).extracting(StoredEvent::seq).containsExactly(1L, 2L);
    assertThat(log.lastSeq("a")).isEqualTo(4);
    assertThat(log.lastSeq("unknown")).isZero();
    log.delete("a");
    assertThat(log.readAfter("a", 0, 10)).isEmpty();
    assertThat(log.lastSeq("a")).isZero();
  }

  @Test
  void dropsTheOldestMediaAndKeepsSmallEvents() {
    var log = new RedisEventLog(redis, 250, Duration.ofMinutes(1));
    for (int seq = 1; seq <= 10; seq++) {
      log.append("b", List.of(event(seq, seq % 2 == 0, 100)));
    }
    assertThat(log.readAfter("b", 0, 100))
        .extracting(StoredEvent::seq)
        .containsExactly(1L, 3L, 5L, 7L, 8L, 9L, 10L);
  }

  @Test
  void expires() throws Exception {
    var log = new RedisEventLog(redis, 1000, Duration.ofMillis(100));
    log.append("c", List.of(event(1, false, 1)));
    Thread.sleep(300);
    assertThat(log.readAfter("c", 0, 10)).isEmpty();
  }

  @Test
  void saysSoWhenRedisIsGone() {
    try (var nowhere = RedisClient.create("127.0.0.1", 1)) {
      var log = new RedisEventLog(nowhere, 1000, Duration.ofMinutes(1));
      assertThatThrownBy(() -> log.append("d", List.of(event(1, false, 1))))
          .isInstanceOfSatisfying(
              Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"));
    }
  }

  private static org.assertj.core.groups.Tuple tuple(long seq, boolean media, int length) {
    return org.assertj.core.groups.Tuple.tuple(seq, media, length);
  }

  private static StoredEvent event(long seq, boolean media, int size) {
    return new StoredEvent(seq, media, new byte[size]);
  }

  private static boolean answers() {
    try {
      return redis.ping().equals("PONG");
    } catch (JedisException e) {
      return false;
    }
  }
}
