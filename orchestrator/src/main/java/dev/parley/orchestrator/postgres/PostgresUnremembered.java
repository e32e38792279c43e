package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.Unremembered;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns that memory has yet to take, as a mark on their rows. */
public final class PostgresUnremembered implements Unremembered {
  private static final String TAKEN = "update turns set unremembered = false where id = ?";

  private final PostgresDatabase database;
  private final TurnRows rows;

  /** In that database, with transcripts as those say. */
  public PostgresUnremembered(PostgresDatabase database, Transcripts transcripts) {
    this.database = database;
    this.rows = new TurnRows(transcripts);
  }

  @Override
  public void taken(Owner owner, String turnId) {
    database.in(owner.organisationId(), handle -> handle.execute(TAKEN, turnId));
  }

  @Override
  public List<String> waiting(Instant endedBefore, int most) {
    return database.everywhere(handle ->
        handle
            .select(
                "select id from turns where unremembered and end_time < ?"
                    + " order by end_time limit ?",
                utc(endedBefore),
                most)
            .mapTo(String.class)
            .list());
  }

  /** The row is locked for so long: others skip it, and who removes it waits. */
  @Override
  public void offer(String turnId, Predicate<TurnRecord> taker) {
    database.everywhere(handle -> {
      Optional<TurnRecord> turn =
          handle
              .select(
                  "select * from turns where id = ? and unremembered for update skip locked",
                  turnId)
              .map((row, _) -> rows.turn(row))
              .findOne();
      return turn.filter(taker).map(it -> handle.execute(TAKEN, it.id()));
    });
  }
}
