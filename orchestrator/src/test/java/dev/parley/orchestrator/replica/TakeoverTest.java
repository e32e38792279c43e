package dev.parley.orchestrator.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.DeleteSessionRequest;
import dev.parley.conversation.v1.ServerEvent.EventCase;
import dev.parley.kit.host.Hosted;
import dev.parley.orchestrator.conversation.KeptSessions;
import dev.parley.orchestrator.redis.RedisForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Replicas die, stop and are gone round while a character speaks: each word is heard once. */
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TakeoverTest {
  private static final List<String> WORDS = List.of(SlowEngines.answer().split(" "));
  @TempDir static Path folder;
  private static RedisForTests redis;

  @BeforeAll
  static void start() throws Exception {
    redis = new RedisForTests(Files.createDirectories(folder.resolve("redis")));
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @Test
  void aClientThatComesToAnotherReplicaIsServedByTheOneThatOwnsTheSession() throws Exception {
    try (var a = new Owned();
        var b = new Owned()) {
      try (var first = new Talker(List.of(a.port))) {
        first.awaitVoice();
        first.close();
        try (var watching = new Watcher(b.port, first.sessionId())) {
          watching.awaitEnd();
          assertThat(watching.words()).isEqualTo(WORDS);
        }
        assertThat(a.replica.owns(first.sessionId())).isTrue();
        assertThat(b.replica.owns(first.sessionId())).isFalse();
      }
    }
  }

  @Test
  void aSessionThatIsDeletedAtAnotherReplicaEndsWhereItLives() throws Exception {
    var kept = new KeptSessions();
    int port = Replica.freePort();
    int other = Replica.freePort();
    var a = new Replica(redis.url(), port, kept);
    var b = new Replica(redis.url(), other, kept);
    try (var talker = new Talker(List.of(port))) {
      talker.awaitVoice();
      var channel = Hosted.channelTo("127.0.0.1:" + other);
      var delete = DeleteSessionRequest.newBuilder().setSessionId(talker.sessionId()).build();
      assertThat(ConversationServiceGrpc.newBlockingStub(channel).deleteSession(delete))
          .isNotNull();
      channel.shutdownNow();
      assertThat(kept.all).isEmpty();
      assertThat(a.owns(talker.sessionId())).isFalse();
      assertThat(b.owns(talker.sessionId())).isFalse();
    } finally {
      a.stop(Duration.ZERO);
      b.stop(Duration.ZERO);
    }
  }

  @Test
  void aReplicaThatStopsHandsTheTurnOverMidWord() throws Exception {
    try (var a = new Owned();
        var b = new Owned()) {
      try (var talker = new Talker(List.of(a.port, b.port))) {
        talker.awaitVoice();
        Thread.sleep(700);
        a.replica.stop(Duration.ofMillis(300));
        talker.awaitEnd();
        whole(talker);
        assertThat(talker.saw(EventCase.GO_AWAY)).isTrue();
        assertThat(talker.saw(EventCase.INTERRUPTED)).isFalse();
        assertThat(talker.connections()).isPositive();
      }
    }
  }

  @Test
  void aReplicaKilledMidWordIsGoneOnForByAnother() throws Exception {
    assertThat(killed(1, new Random(1))).hasSize(1);
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.long", matches = "true")
  void replicasKilledMidSentenceAgainAndAgainLoseNoWordAndRepeatNone() throws Exception {
    List<Duration> gaps =
        killed(Integer.getInteger("parley.kills", 50), new Random(50)).stream().sorted().toList();
    System.out.printf(
        "orchestrator killed %d times: gap heard p50 %d ms, p95 %d ms, longest %d ms%n",
        gaps.size(),
        gaps.get(gaps.size() / 2).toMillis(),
        gaps.get(gaps.size() * 95 / 100).toMillis(),
        gaps.getLast().toMillis());
    assertThat(gaps.get(gaps.size() * 95 / 100)).isLessThan(Duration.ofSeconds(2));
  }

  /** How long nothing was heard, each time. */
  private static List<Duration> killed(int times, Random random) throws Exception {
    List<Duration> gaps = new ArrayList<>();
    var spare = new Child(folder, redis.url());
    for (int i = 0; i < times; i++) {
      var owner = spare;
      spare = new Child(folder, redis.url());
      try (owner;
          var talker = new Talker(List.of(owner.port, spare.port))) {
        talker.awaitVoice();
        Thread.sleep(200 + random.nextInt(4500));
        owner.kill();
        talker.awaitEnd();
        whole(talker);
        assertThat(talker.connections()).isPositive();
        gaps.add(talker.silence());
      }
    }
    spare.close();
    return gaps;
  }

  private static void whole(Talker talker) {
    assertThat(talker.repeated()).isEmpty();
    assertThat(talker.words()).isEqualTo(WORDS);
    assertThat(talker.text()).isEqualTo(SlowEngines.answer());
    assertThat(talker.voiceUs()).isEqualTo(WORDS.size() * 200_000L);
  }

  /** A replica in this process. */
  private static final class Owned implements AutoCloseable {
    private final int port = Replica.freePort();
    private final Replica replica = new Replica(redis.url(), port);

    Owned() throws Exception {}

    @Override
    public void close() {
      replica.stop(Duration.ZERO);
    }
  }
}
