package dev.parley.orchestrator.postgres;

import static dev.parley.orchestrator.postgres.PostgresPeopleStore.key;
import static dev.parley.orchestrator.postgres.PostgresSessionStore.utc;

import dev.parley.orchestrator.identity.Invitation;
import dev.parley.orchestrator.identity.InvitationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Invitations in PostgreSQL; who accepts one removes its row. */
public final class PostgresInvitationStore implements InvitationStore {
  private final PostgresDatabase database;

  /** In that database. */
  public PostgresInvitationStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Invitation create(Invitation it, String tokenHash, String requestId) {
    return database.in(
        it.organisationId(),
        handle -> {
          Optional<Invitation> before = byRequest(handle, it.organisationId(), requestId);
          if (before.isPresent()) {
            return before.get();
          }
          handle.execute(
              "delete from invitations where organisation_id = ? and email_key = ? and id <> ?",
              it.organisationId(),
              key(it.email()),
              it.id());
          insert(handle, it, tokenHash, requestId);
          return it;
        });
  }

  private static void insert(Handle handle, Invitation it, String tokenHash, String requestId) {
    handle.execute(
        "insert into invitations (id, organisation_id, email, email_key, role, token_hash,"
            + " request_id, expire_time, create_time) values (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (id) do nothing",
        it.id(),
        it.organisationId(),
        it.email(),
        key(it.email()),
        it.role().number(),
        tokenHash,
        requestId,
        utc(it.expireTime()),
        utc(it.createTime()));
  }

  private static Optional<Invitation> byRequest(
      Handle handle, String organisationId, String requestId) {
    return one(
        handle,
        "select * from invitations where organisation_id = ? and request_id = nullif(?, '')",
        organisationId,
        requestId);
  }

  @Override
  public List<Invitation> list(String organisationId, Instant now) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select * from invitations where organisation_id = ? and expire_time > ?"
                        + " order by create_time desc, id desc",
                    organisationId,
                    utc(now))
                .map((row, _) -> invitation(row))
                .list());
  }

  @Override
  public boolean revoke(String organisationId, String id) {
    return database.in(
        organisationId,
        handle ->
            handle.execute(
                    "delete from invitations where organisation_id = ? and id = ?",
                    organisationId,
                    id)
                == 1);
  }

  @Override
  public Optional<Invitation> find(String tokenHash, Instant now) {
    return database.everywhere(handle ->
        one(
            handle,
            "select * from invitations where token_hash = ? and expire_time > ?",
            tokenHash,
            utc(now)));
  }

  @Override
  public Optional<Invitation> findByEmail(String email, Instant now) {
    return database.everywhere(handle ->
        one(
            handle,
            "select * from invitations where email_key = ? and expire_time > ?"
                + " order by create_time desc, id desc limit 1",
            key(email),
            utc(now)));
  }

  @Override
  public boolean accept(String id, String personId) {
    return database.everywhere(handle -> {
      Optional<Invitation> it = one(handle, "select * from invitations where id = ?", id);
      if (it.isEmpty() || !useUp(handle, id)) {
        return false;
      }
      PostgresOrganisationStore.join(handle, it.get().organisationId(), personId, it.get().role());
      return true;
    });
  }

  /** Removes it; false when somebody was faster. */
  static boolean useUp(Handle handle, String id) {
    return handle.execute("delete from invitations where id = ?", id) == 1;
  }

  private static Optional<Invitation> one(Handle handle, String query, Object... values) {
    return handle.select(query, values).map((row, _) -> invitation(row)).findOne();
  }

  private static Invitation invitation(ResultSet row) throws SQLException {
    return new Invitation(
        row.getString("id"),
        row.getString("organisation_id"),
        row.getString("email"),
        PostgresOrganisationStore.role(row),
        row.getObject("expire_time", OffsetDateTime.class).toInstant(),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }
}
