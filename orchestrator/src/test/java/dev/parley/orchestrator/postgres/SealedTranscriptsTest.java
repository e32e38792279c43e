package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Citation;
import dev.parley.orchestrator.conversation.Passage;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.Span;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.TurnStoreContract;
import dev.parley.orchestrator.conversation.Word;
import dev.parley.orchestrator.identity.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store of turns that keeps them sealed is a store of turns, and whoever looks reads nothing. */
class SealedTranscriptsTest extends TurnStoreContract {
  private static final Seal FIRST = seal(1);
  private static final Seal SECOND = seal(2);
  private final PostgresDatabase database = PostgresForTests.fresh();

  private static Seal seal(int with) {
    byte[] key = new byte[Seal.KEY_BYTES];
    Arrays.fill(key, (byte) with);
    return new Seal(key);
  }

  @Override
  protected TurnStore turns() {
    return turns(FIRST);
  }

  private PostgresTurnStore turns(Seal... keys) {
    return new PostgresTurnStore(database, new SealedTranscripts(database, List.of(keys)));
  }

  private String everything(String table) {
    return database.everywhere(handle ->
        handle
            .select("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")
            .mapTo(String.class)
            .one());
  }

  private static TurnRecord said(String id) {
    var passage = new Passage("c1", "d1", "Of gulls", 7, "vii", "A gull sits.", 0.5f);
    return new TurnRecord(
        id,
        Owner.LOCAL,
        "s1",
        "ada",
        TurnState.COMPLETED,
        "Who keeps the harbour?",
        true,
        "I carry a lantern",
        "down the harbour stairs",
        List.of(new Word("lantern", new Span(0, 250_000), 8, 15, 1)),
        List.of(Citation.of(1, passage, "A gull sits.")),
        Duration.ofMillis(1500),
        Instant.EPOCH,
        Optional.of(Instant.EPOCH.plusSeconds(3)),
        Optional.empty(),
        "");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nothingThatWasSaidStandsInTheDatabase() {
    TurnRecord said = said("t1");
    turns(FIRST).save(said);
    String rows = everything("turns");
    assertThat(rows).contains("t1", "sealed:1:").doesNotContain("harbour", "lantern", "gull");
    assertThat(turns(FIRST).find(said.owner(), "t1")).contains(said);
  }

  @Test
  void titlesAreSealedAsWell() {
    var keys = new SealedTranscripts(database, List.of(FIRST));
    var sessions = new PostgresSessionStore(database, keys);
    var now = Instant.EPOCH;
    sessions.create(
        new SessionRecord("s1", Owner.LOCAL, "ada", "", "en-US", "t", "", "", now, now, 0, false));
    sessions.touch(Owner.LOCAL, "s1", now, 1, "About the harbour");
    sessions.touch(Owner.LOCAL, "s1", now, 2, "About something else");
    assertThat(everything("sessions")).doesNotContain("harbour");
    assertThat(sessions.find(Owner.LOCAL, "s1").orElseThrow().title())
        .isEqualTo("About the harbour");
  }

  @Test
  void whatWasKeptBeforeIsReadAsItIsAndSealedFromThenOn() {
    TurnRecord before = said("t1");
    new PostgresTurnStore(database, Transcripts.PLAIN).save(before);
    assertThat(turns(FIRST).find(before.owner(), "t1")).contains(before);
    turns(FIRST).save(said("t2"));
    assertThat(turns(FIRST).list(before.owner(), before.sessionId(), 9, "").items()).hasSize(2);
  }

  @Test
  void aNewKeyOfTheFileOpensNothingButTheOldOneBesideItDoes() {
    TurnRecord said = said("t1");
    turns(FIRST).save(said);
    assertThat(turns(SECOND, FIRST).find(said.owner(), "t1")).contains(said);
    assertThatThrownBy(() -> turns(SECOND).find(said.owner(), "t1"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("orchestrator.transcript-key-file");
  }

  @Test
  void aStartWithoutTheKeyIsRefusedWhereSomethingIsSealed() {
    SealedTranscripts.check(database, List.of());
    turns(FIRST).save(said("t1"));
    SealedTranscripts.check(database, List.of(SECOND, FIRST));
    for (List<Seal> wrong : List.of(List.<Seal>of(), List.of(SECOND))) {
      assertThatThrownBy(() -> SealedTranscripts.check(database, wrong))
          .hasMessageContaining("are sealed")
          .hasMessageContaining("orchestrator.transcript-key-file");
    }
  }

  @Test
  void whatIsMovedToAnotherPlaceDoesNotOpen() {
    turns(FIRST).save(said("t1"));
    turns(FIRST).save(said("t2"));
    database.everywhere(handle ->
        handle.execute(
            "update turns set reply_text = (select reply_text from turns where id = 't1')"
                + " where id = 't2'"));
    assertThatThrownBy(() -> turns(FIRST).find(said("t2").owner(), "t2"))
        .isInstanceOf(Failure.class);
  }
}
