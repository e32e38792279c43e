package dev.parley.orchestrator.postgres;

import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.CharacterStore;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Characters in PostgreSQL: the current one as a JSON document, every version beside it. */
public final class PostgresCharacterStore implements CharacterStore {
  private final PostgresDatabase database;

  public PostgresCharacterStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<Character> find(String organisationId, String id) {
    return database.in(organisationId, handle -> find(handle, organisationId, id));
  }

  private static Optional<Character> find(Handle handle, String organisationId, String id) {
    return handle
        .select(
            "select body from characters where organisation_id = ? and id = ? and not deleted",
            organisationId,
            id)
        .map((row, _) -> Json.read(row.getString(1), Character.class))
        .findOne();
  }

  @Override
  public List<Character> list(String organisationId, String afterId, int size) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select body from characters where organisation_id = ? and id collate \"C\" > ?"
                        + " and not deleted order by id collate \"C\" limit ?",
                    organisationId,
                    afterId,
                    size)
                .map((row, _) -> Json.read(row.getString(1), Character.class))
                .list());
  }

  @Override
  public Optional<Character> create(String organisationId, Character it, String requestId) {
    return database.in(
        organisationId,
        handle -> {
          Optional<Character> before = byRequest(handle, organisationId, requestId);
          return before.isPresent() ? before : insert(handle, organisationId, it, requestId);
        });
  }

  private static Optional<Character> byRequest(Handle handle, String organisationId, String id) {
    return id.isEmpty()
        ? Optional.empty()
        : handle
            .select(
                "select body from characters where organisation_id = ? and request_id = ?"
                    + " and not deleted",
                organisationId,
                id)
            .map((row, _) -> Json.read(row.getString(1), Character.class))
            .findOne();
  }

  private static Optional<Character> insert(
      Handle handle, String organisationId, Character it, String requestId) {
    handle.execute(
        "delete from characters where organisation_id = ? and deleted and (id = ? or request_id ="
            + " nullif(?, ''))",
        organisationId,
        it.id(),
        requestId);
    int made =
        handle.execute(
            "insert into characters (organisation_id, id, version, request_id, body)"
                + " values (?, ?, ?, ?, ?::jsonb) on conflict do nothing",
            organisationId,
            it.id(),
            it.version(),
            requestId,
            Json.write(it));
    if (made == 0) {
      return byRequest(handle, organisationId, requestId);
    }
    handle.execute(
        "delete from character_versions where organisation_id = ? and character_id = ?",
        organisationId,
        it.id());
    keepVersion(handle, organisationId, it);
    return Optional.of(it);
  }

  @Override
  public boolean update(String organisationId, Character it) {
    return database.in(
        organisationId,
        handle -> {
          int changed =
              handle.execute(
                  "update characters set version = ?, body = ?::jsonb where organisation_id = ?"
                      + " and id = ? and version = ? and not deleted",
                  it.version(),
                  Json.write(it),
                  organisationId,
                  it.id(),
                  it.version() - 1);
          if (changed == 1) {
            keepVersion(handle, organisationId, it);
          }
          return changed == 1;
        });
  }

  private static void keepVersion(Handle handle, String organisationId, Character it) {
    handle.execute(
        "insert into character_versions (organisation_id, character_id, version, body)"
            + " values (?, ?, ?, ?::jsonb)",
        organisationId,
        it.id(),
        it.version(),
        Json.write(it));
  }

  @Override
  public boolean delete(String organisationId, String id) {
    return database.in(
        organisationId,
        handle ->
            handle.execute(
                    "update characters set deleted = true where organisation_id = ? and id = ?"
                        + " and not deleted",
                    organisationId,
                    id)
                == 1);
  }

  @Override
  public List<Character> versions(String organisationId, String id, long before, int size) {
    return database.in(
        organisationId,
        handle ->
            handle
                .select(
                    "select body from character_versions where organisation_id = ? and"
                        + " character_id = ? and version < ? order by version desc limit ?",
                    organisationId,
                    id,
                    before,
                    size)
                .map((row, _) -> Json.read(row.getString(1), Character.class))
                .list());
  }
}
