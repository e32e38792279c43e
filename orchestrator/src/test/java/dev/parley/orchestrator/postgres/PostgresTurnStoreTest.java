package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.TurnStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresTurnStoreTest extends TurnStoreContract {
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected TurnStore turns() {
    return new PostgresTurnStore(database, Transcripts.PLAIN);
  }

  @Test
  void aSecondTurnOfTheSameRequestIsRefusedAndNoOutage() {
    turns().save(turn("t1"));
    assertThatThrownBy(() -> turns().save(turn("t2")))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("ALREADY_EXISTS"));
    assertThat(turns().findByRequest(Owner.LOCAL, "r1")).contains(turn("t1"));
  }

  private static TurnRecord turn(String id) {
    return new TurnRecord(
        id,
        Owner.LOCAL,
        "s1",
        "ada",
        TurnState.QUEUED,
        "Hello",
        false,
        "",
        "",
        List.of(),
        List.of(),
        Duration.ZERO,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        "r1");
  }

  @AfterEach
  void close() {
    database.close();
  }
}
