package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.AttemptStore;
import dev.parley.orchestrator.identity.Attempts;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Attempts in PostgreSQL; the row is locked while it changes. */
public final class PostgresAttemptStore implements AttemptStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresAttemptStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Attempts change(String key, UnaryOperator<Attempts> change) {
    return database.with(handle -> {
      handle.execute(
          "insert into attempts (key, failures, last_time) values (?, 0, ?)"
              + " on conflict do nothing",
          key,
          utc(Instant.EPOCH));
      Attempts before =
          handle
              .select(
                  "select failures, last_time, until_time from attempts where key = ? for update",
                  key)
              .map((row, _) ->
                  new Attempts(
                      row.getInt(1),
                      row.getObject(2, OffsetDateTime.class).toInstant(),
                      Optional.ofNullable(row.getObject(3, OffsetDateTime.class))
                          .map(OffsetDateTime::toInstant)))
              .one();
      Attempts after = change.apply(before);
      handle.execute(
          "update attempts set failures = ?, last_time = ?, until_time = ? where key = ?",
          after.failures(),
          utc(after.lastTime()),
          after.until().map(PostgresSessionStore::utc).orElse(null),
          key);
      return before;
    });
  }

  @Override
  public void forgetBefore(Instant time) {
    database.with(handle -> handle.execute("delete from attempts where last_time < ?", utc(time)));
  }
}
