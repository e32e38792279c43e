package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Receipt;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresConversationStoresTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  private static final Owner OTHER = new Owner("local", "somebody");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresSessionStore sessions = new PostgresSessionStore(database);
  private final PostgresTurnStore turns = new PostgresTurnStore(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aRepeatedRequestGivesTheSessionOfThen() {
    SessionRecord first = session("s1", 0, "request");
    assertThat(sessions.create(first)).isEqualTo(first);
    assertThat(sessions.create(session("s2", 1, "request"))).isEqualTo(first);
    assertThat(sessions.find(Owner.LOCAL, "s1")).contains(first);
    assertThat(sessions.find(OTHER, "s1")).isEmpty();
  }

  @Test
  void listsSessionsNewestFirstInPages() {
    for (int i = 0; i < 5; i++) {
      sessions.create(session("s" + i, i, ""));
    }
    var page = sessions.list(Owner.LOCAL, "ada", 3, "");
    assertThat(page.items()).extracting(SessionRecord::id).containsExactly("s4", "s3", "s2");
    var rest = sessions.list(Owner.LOCAL, "", 3, page.nextToken());
    assertThat(rest.items()).extracting(SessionRecord::id).containsExactly("s1", "s0");
    assertThat(rest.nextToken()).isEmpty();
    assertThat(sessions.list(Owner.LOCAL, "marcus", 3, "").items()).isEmpty();
    assertThatThrownBy(() -> sessions.list(Owner.LOCAL, "", 3, "nonsense"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("page_token");
  }

  @Test
  void touchesEndsAndDeletesWithTurns() {
    sessions.create(session("s1", 0, ""));
    sessions.touch("s1", NOW.plusSeconds(5), 1, "Hello");
    sessions.touch("s1", NOW.plusSeconds(6), 2, "Later");
    sessions.end("s1", NOW.plusSeconds(7));
    SessionRecord kept = sessions.find(Owner.LOCAL, "s1").orElseThrow();
    assertThat(kept.title()).isEqualTo("Hello");
    assertThat(kept.turnCount()).isEqualTo(2);
    assertThat(kept.ended()).isTrue();
    turns.save(turn("t1", TurnState.COMPLETED, 0, ""));
    assertThat(sessions.delete(OTHER, "s1")).isFalse();
    assertThat(sessions.delete(Owner.LOCAL, "s1")).isTrue();
    assertThat(turns.find(Owner.LOCAL, "t1")).isEmpty();
  }

  @Test
  void keepsEverythingOfATurnAndLeavesItOnceItIsOver() {
    turns.save(turn("t1", TurnState.RUNNING, 0, "r1"));
    TurnRecord over = turn("t1", TurnState.INTERRUPTED, 0, "r1");
    turns.save(over);
    turns.save(turn("t1", TurnState.RUNNING, 0, "r1"));
    assertThat(turns.find(Owner.LOCAL, "t1")).contains(over);
    assertThat(turns.findByRequest(Owner.LOCAL, "r1")).contains(over);
    assertThat(turns.find(OTHER, "t1")).isEmpty();
  }

  @Test
  void listsTurnsOldestFirstAndFailsWhatACrashLeft() {
    for (int i = 0; i < 4; i++) {
      turns.save(turn("t" + i, i == 3 ? TurnState.RUNNING : TurnState.COMPLETED, i, ""));
    }
    var page = turns.list(Owner.LOCAL, "s1", 3, "");
    assertThat(page.items()).extracting(TurnRecord::id).containsExactly("t0", "t1", "t2");
    assertThat(turns.list(Owner.LOCAL, "s1", 3, page.nextToken()).items())
        .extracting(TurnRecord::id)
        .containsExactly("t3");
    assertThat(turns.last(Owner.LOCAL, "s1", 2))
        .extracting(TurnRecord::id)
        .containsExactly("t1", "t2");
    assertThat(turns.failUnfinished(NOW)).isEqualTo(1);
    assertThat(turns.find(Owner.LOCAL, "t3").orElseThrow().state()).isEqualTo(TurnState.FAILED);
  }

  @Test
  void saysSoWhenTheDatabaseIsGone() {
    database.close();
    assertThatThrownBy(() -> turns.find(Owner.LOCAL, "t1"))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("STORE_FAILED"));
    assertThat(database.answers()).isFalse();
  }

  private static SessionRecord session(String id, int second, String request) {
    Instant time = NOW.plusSeconds(second);
    return new SessionRecord(
        id, Owner.LOCAL, "ada", "", "en-US", "token", request, "{}", time, time, 0, false);
  }

  private static TurnRecord turn(String id, TurnState state, int second, String request) {
    var receipt =
        new Receipt(
            List.of(
                new Receipt.Stage(
                    "think", Duration.ofMillis(3), Duration.ofNanos(1_234_567), Optional.empty(),
                    "grounded")),
            List.of(new Receipt.Memory("m", "you like tea", 0.5f)),
            List.of(new Receipt.LeftOut("memory", "late")),
            "grounded",
            "slt",
            Optional.of(Duration.ofMillis(80)),
            Optional.empty(),
            Receipt.HeardBy.ACKNOWLEDGED,
            2,
            1,
            0,
            0,
            Long.MAX_VALUE);
    return new TurnRecord(
        id,
        Owner.LOCAL,
        "s1",
        "ada",
        state,
        "Hëllo \uD83D\uDE00",
        true,
        "Good day",
        "to you",
        List.of(new Word("Good", new Span(0, 250_000), 0, 4, 1)),
        Duration.ofMillis(1500),
        NOW.plusSeconds(second),
        state.over() ? Optional.of(NOW.plusSeconds(second + 1)) : Optional.empty(),
        state.over() ? Optional.of(receipt) : Optional.empty(),
        request);
  }
}
