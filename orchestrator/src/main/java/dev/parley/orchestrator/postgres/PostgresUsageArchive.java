package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.usage.Count;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.orchestrator.identity.usage.UsageArchive;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts in PostgreSQL, a row each. */
public final class PostgresUsageArchive implements UsageArchive {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresUsageArchive(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Count> find(String organisationId, String period) {
    return database.in(
        organisationId,
        handle -> {
          Map<Metered, Long> amounts = new EnumMap<>(Metered.class);
          Optional<Instant> newest =
              handle
                  .select(
                      "select * from usage where organisation_id = ? and period = ?",
                      organisationId,
                      period)
                  .map((row, _) -> {
                    amounts.put(Metered.valueOf(row.getString("metered")), row.getLong("amount"));
                    return row.getObject("write_time", OffsetDateTime.class).toInstant();
                  })
                  .stream()
                  .max(Instant::compareTo);
          return newest.map(time -> new Count(amounts, time));
        });
  }

  @Override
  public void save(String organisationId, String period, Map<Metered, Long> amounts, Instant time) {
    database.in(
        organisationId,
        handle -> {
          var batch =
              handle.prepareBatch(
                  "insert into usage values (?, ?, ?, ?, ?)"
                      + " on conflict (organisation_id, period, metered) do update set"
                      + " amount = greatest(usage.amount, excluded.amount),"
                      + " write_time = excluded.write_time");
          new EnumMap<>(amounts)
              .forEach((what, amount) ->
                  batch.add(organisationId, period, what.name(), amount, utc(time)));
          return batch.execute();
        });
  }
}
