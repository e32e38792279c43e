package dev.parley.orchestrator.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.identity.CredentialKind;
import dev.parley.orchestrator.identity.Identity;
import dev.parley.orchestrator.identity.Role;
import dev.parley.orchestrator.identity.key.Tickets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets over a real Redis. */
class RedisTicketsTest {
  private static final Identity ANN =
      new Identity(
          "ann",
          false,
          "acme",
          Role.EDITOR,
          Set.of("conversations_write", "characters_read"),
          Set.of("ada", "zuri"),
          "0198-key",
          CredentialKind.SECRET_KEY);

  @TempDir static Path folder;
  private static RedisForTests server;
  private static RedisConnection redis;
  private static Tickets tickets;

  @BeforeAll
  static void start() throws Exception {
    server = new RedisForTests(folder);
    redis = new RedisConnection(server.url());
    tickets = new Tickets(new RedisTickets(redis), InstantSource.system());
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
    server.close();
  }

  @Test
  void aTicketSaysWhoseItIsOnce() {
    String ticket = tickets.issue(ANN).text();
    assertThat(tickets.redeem(ticket)).contains(ANN);
    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void whoeverMayAllIsStillWhoeverMayAll() {
    var bare =
        new Identity("p", true, "o", Role.OWNER, Set.of(), Set.of(), "", CredentialKind.SIGN_IN);
    assertThat(tickets.redeem(tickets.issue(bare).text())).contains(bare);
  }

  @Test
  void ofManyWhoBringOneTicketAtOnceOneGetsIn() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        String ticket = tickets.issue(ANN).text();
        Callable<Boolean> bring = () -> tickets.redeem(ticket).isPresent();
        var all = threads.invokeAll(IntStream.range(0, 8).mapToObj(_ -> bring).toList());
        int entered = 0;
        for (var one : all) {
          entered += one.get() ? 1 : 0;
        }
        assertThat(entered).isEqualTo(1);
      }
    }
  }

  @Test
  void aTicketEndsByItselfAndItsSecretIsNotInTheStore() {
    String ticket = tickets.issue(ANN).text();
    String key = redis.<Set<String>>run(it -> it.keys("parley:ticket:*")).iterator().next();
    assertThat(key).doesNotContain(ticket);
    assertThat(redis.<Long>run(it -> it.pttl(key))).isBetween(1L, Duration.ofMinutes(1).toMillis());
    assertThat(tickets.redeem(ticket)).isPresent();
  }

  @Test
  void noInputWhateverItIsGetsInOrFails() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      int length = random.nextInt(3) == 0 ? 43 : random.nextInt(300);
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65536));
      }
      assertThat(tickets.redeem(text.toString())).isEmpty();
    }
  }
}
