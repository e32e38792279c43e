package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.LinkStore;
import java.time.Instant;
import java.util.Optional;

/** Links in PostgreSQL; taking one removes it and those beside it. */
public final class PostgresLinkStore implements LinkStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresLinkStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public void create(String hash, Purpose purpose, Link link, Instant expireTime) {
    database.with(handle ->
        handle.execute(
            "insert into links (hash, purpose, person_id, email, expire_time)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing",
            hash,
            purpose.name(),
            link.personId(),
            link.email(),
            utc(expireTime)));
  }

  @Override
  public Optional<Link> take(String hash, Purpose purpose, Instant now) {
    return database.with(handle -> {
      Optional<Link> taken =
          handle
              .select(
                  "delete from links where hash = ? and purpose = ? and expire_time > ?"
                      + " returning person_id, email",
                  hash,
                  purpose.name(),
                  utc(now))
              .map((row, _) -> new Link(row.getString(1), row.getString(2)))
              .findOne();
      taken.ifPresent(it ->
          handle.execute(
              "delete from links where person_id = ? and purpose = ?",
              it.personId(),
              purpose.name()));
      return taken;
    });
  }

  @Override
  public void forgetBefore(Instant time) {
    database.with(handle -> handle.execute("delete from links where expire_time < ?", utc(time)));
  }
}
