package dev.parley.documentsvc.postgres;

import static dev.parley.documentsvc.postgres.Rows.storable;

import dev.parley.documentsvc.library.ChunkSettings;
import dev.parley.documentsvc.library.Collection;
import dev.parley.documentsvc.library.CollectionStore;
import dev.parley.documentsvc.library.DocumentClass;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Collections in PostgreSQL, one row each. The token of a page is the last id. */
public final class PostgresCollectionStore implements CollectionStore {
  private static final String SELECT =
      "select c.*, (select count(*) from documents d where d.organisation_id = c.organisation_id"
          + " and d.collection_id = c.id and not d.hidden) as documents from collections c where ";

  private final PostgresDatabase database;

  public PostgresCollectionStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public boolean insert(String organisation, Collection it) {
    return database.in(
            organisation,
            handle ->
                handle.execute(
                    "insert into collections values (?, ?, ?, ?, ?, ?::jsonb, ?)"
                        + " on conflict do nothing",
                    organisation,
                    it.id(),
                    storable(it.name()),
                    it.chunks().maxTokens(),
                    it.chunks().overlapTokens(),
                    Json.write(it.classes()),
                    Rows.utc(it.createTime())))
        == 1;
  }

  @Override
  public Optional<Collection> find(String organisation, String id) {
    return database.in(
        organisation,
        handle ->
            handle
                .select(SELECT + "c.organisation_id = ? and c.id = ?", organisation, id)
                .map((row, _) -> collection(row))
                .findOne());
  }

  @Override
  public Slice list(String organisation, int size, String token) {
    List<Collection> rows =
        database.in(
            organisation,
            handle ->
                handle
                    .select(
                        SELECT + "c.organisation_id = ? and c.id > ? order by c.id limit ?",
                        organisation,
                        storable(token),
                        size + 1)
                    .map((row, _) -> collection(row))
                    .list());
    return rows.size() <= size
        ? new Slice(rows, "")
        : new Slice(rows.subList(0, size), rows.get(size - 1).id());
  }

  @Override
  public boolean update(String organisation, Collection it) {
    return database.in(
            organisation,
            handle ->
                handle.execute(
                    "update collections set name = ?, max_tokens = ?, overlap_tokens = ?,"
                        + " classes = ?::jsonb where organisation_id = ? and id = ?",
                    storable(it.name()),
                    it.chunks().maxTokens(),
                    it.chunks().overlapTokens(),
                    Json.write(it.classes()),
                    organisation,
                    it.id()))
        == 1;
  }

  @Override
  public boolean remove(String organisation, String id) {
    return database.in(
            organisation,
            handle ->
                handle.execute(
                    "delete from collections where organisation_id = ? and id = ?",
                    organisation,
                    id))
        == 1;
  }

  private static Collection collection(ResultSet row) throws SQLException {
    return new Collection(
        row.getString("id"),
        row.getString("name"),
        new ChunkSettings(row.getInt("max_tokens"), row.getInt("overlap_tokens")),
        Json.list(row.getString("classes"), DocumentClass.class),
        row.getInt("documents"),
        row.getObject("create_time", OffsetDateTime.class).toInstant());
  }
}
