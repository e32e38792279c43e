package dev.parley.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.Leases;
import dev.parley.orchestrator.conversation.LeasesContract;
import dev.parley.orchestrator.conversation.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLeasesTest extends LeasesContract {
  private static final Duration LONG = Duration.ofMinutes(1);
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
  protected Leases replica(String name) {
    Leases leases = redis.leases(name, "host-of-" + name, LONG, LONG);
    leases.beat();
    return leases;
  }

  @Override
  protected void dies(String name) {
    redis.run(it -> it.pexpire("parley:replica:" + name, 0));
  }

  @Override
  protected EventLog log() {
    return redis.eventLog(1 << 20, 10_000, LONG);
  }

  @Test
  void lifeIsMeasuredByTheClockOfTheServer() throws Exception {
    Leases brief = redis.leases("brief", "somewhere", Duration.ofMillis(50), LONG);
    brief.beat();
    brief.claim("s");
    Leases other = replica("other");
    Thread.sleep(120);
    assertThat(other.orphans(10)).containsExactly("s");
    assertThat(other.claim("s")).isInstanceOf(Leases.Claim.Held.class);
  }

  @Test
  void aReplicaThatGivesNoAddressIsNotAsked() {
    Leases alone = redis.leases("alone", "", LONG, LONG);
    alone.beat();
    alone.claim("s");
    assertThat(replica("next").claim("s")).isInstanceOf(Leases.Claim.Held.class);
  }

  @Test
  void tokensRiseEvenAfterAllOfASessionIsGone() {
    Leases a = replica("a");
    var first = (Leases.Claim.Held) a.claim("s");
    log()
        .append(
            "s",
            first.token(),
            List.of(new StoredEvent(1, false, new byte[1])),
            Optional.empty(),
            true)
        .join();
    redis.run(it -> it.flushAll());
    var second = (Leases.Claim.Held) a.claim("s");
    assertThat(second.token()).isGreaterThanOrEqualTo(first.token());
  }
}
