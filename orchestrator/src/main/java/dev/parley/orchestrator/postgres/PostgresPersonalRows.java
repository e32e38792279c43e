package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** A person's own rows in PostgreSQL, receipts and captions among them. */
public final class PostgresPersonalRows implements PersonalStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresPersonalRows(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    return database.in(
        owner.organisationId(),
        handle ->
            List.of(
                new Removal("turns", delete(handle, "turns", owner)),
                new Removal("sessions", delete(handle, "sessions", owner))));
  }

  private static long delete(Handle handle, String table, Owner owner) {
    return handle.execute(
        "delete from " + table + " where organisation_id = ? and person_id = ?",
        owner.organisationId(),
        owner.personId());
  }
}
