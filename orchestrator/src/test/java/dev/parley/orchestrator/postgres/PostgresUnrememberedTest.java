package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.Unremembered;
import dev.parley.orchestrator.conversation.UnrememberedContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresUnrememberedTest extends UnrememberedContract {
  private static final Owner ANN = new Owner("acme", "ann");
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected TurnStore turns() {
    return new PostgresTurnStore(database, Transcripts.PLAIN);
  }

  @Override
  protected Unremembered unremembered() {
    return new PostgresUnremembered(database, Transcripts.PLAIN);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTurnThatIsOfferedIsNotOfferedTwiceAndIsRemovedOnlyAfterwards() throws Exception {
    turns().save(turn());
    var offered = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    var taking =
        CompletableFuture.runAsync(
            () ->
                unremembered()
                    .offer(
                        "t",
                        _ -> {
                          offered.countDown();
                          await(done);
                          return true;
                        }),
            Thread::startVirtualThread);
    offered.await();
    unremembered()
        .offer(
            "t",
            _ -> {
              throw new AssertionError("offered to a second one");
            });
    var removing =
        CompletableFuture.supplyAsync(
            () -> new PostgresPersonalRows(database).erase(ANN, Set.of()),
            Thread::startVirtualThread);
    while (!isWaitingForALock()) {
      Thread.sleep(10);
    }
    assertThat(removing).isNotDone();
    done.countDown();
    taking.get();
    removing.get();
    assertThat(turns().find(ANN, "t")).isEmpty();
  }

  private boolean isWaitingForALock() {
    return database.everywhere(handle ->
        handle
            .select("select exists (select from pg_locks where not granted)")
            .mapTo(Boolean.class)
            .one());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TurnRecord turn() {
    Instant then = Instant.parse("2026-01-02T03:04:05Z");
    return new TurnRecord(
        "t",
        ANN,
        "s",
        "ada",
        TurnState.COMPLETED,
        "Hello",
        false,
        "Hi",
        "",
        List.of(),
        List.of(),
        Duration.ZERO,
        then,
        Optional.of(then),
        Optional.empty(),
        "");
  }
}
