package dev.parley.documentsvc.postgres;

import static dev.parley.documentsvc.postgres.Rows.storable;

import dev.parley.documentsvc.library.Chunk;
import dev.parley.documentsvc.library.Filter;
import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Layout;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.PassageStore;
import dev.parley.documentsvc.library.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Pages and passages in PostgreSQL, one row each; they go with their document. */
public final class PostgresPassageStore implements PassageStore {
  private static final String REVISION = "document_id = ? and revision = ?";

  private final PostgresDatabase database;

  public PostgresPassageStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public void clearPages(String documentId, int revision) {
    execute("delete from pages where " + REVISION, documentId, revision);
  }

  @Override
  public boolean addPages(String documentId, int revision, List<Page> pages) {
    return database.with(handle -> {
      if (!isWorkedOn(handle, documentId, revision)) {
        return false;
      }
      var batch =
          handle.prepareBatch(
              "insert into pages values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing");
      for (Page it : pages) {
        batch.add(
            documentId,
            revision,
            it.number(),
            storable(it.label()),
            storable(it.text()),
            Json.write(it.headings()),
            it.layout().packed());
      }
      batch.execute();
      return true;
    });
  }

  /** Locked until the transaction ends, so that it cannot be removed meanwhile. */
  private static boolean isWorkedOn(Handle handle, String documentId, int revision) {
    return handle
        .select(
            "select 1 from documents where id = ? and work = ? and not hidden for key share",
            documentId,
            revision)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public List<Page> pages(String documentId, int revision, int from, int limit) {
    return database.with(handle ->
        handle
            .select(
                "select * from pages where "
                    + REVISION
                    + " and number >= ? order by number limit ?",
                documentId,
                revision,
                from,
                limit)
            .map((row, _) -> page(row))
            .list());
  }

  @Override
  public Optional<Page> page(String documentId, int revision, int number) {
    return database.with(handle ->
        handle
            .select(
                "select * from pages where " + REVISION + " and number = ?",
                documentId,
                revision,
                number)
            .map((row, _) -> page(row))
            .findOne());
  }

  private static Page page(ResultSet row) throws SQLException {
    return new Page(
        row.getInt("number"),
        row.getString("label"),
        row.getString("text"),
        Json.list(row.getString("headings"), Heading.class),
        new Layout(row.getBytes("layout")));
  }

  @Override
  public void clearChunks(String documentId, int revision) {
    execute("delete from chunks where " + REVISION, documentId, revision);
  }

  @Override
  public boolean addChunks(String documentId, int revision, List<Chunk> chunks) {
    return database.with(handle -> {
      if (!isWorkedOn(handle, documentId, revision)) {
        return false;
      }
      var batch =
          handle.prepareBatch(
              "insert into chunks values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)"
                  + " on conflict do nothing");
      for (Chunk it : chunks) {
        batch.add(
            documentId,
            revision,
            it.position(),
            it.id(),
            storable(it.text()),
            Json.write(it.headings()),
            Json.write(it.spans()),
            it.tokens(),
            it.spans().getFirst().page(),
            it.spans().getLast().page());
      }
      batch.execute();
      return true;
    });
  }

  @Override
  public List<Chunk> chunks(String documentId, int revision, int from, int limit, int page) {
    return database.with(handle ->
        handle
            .select(
                "select * from chunks where "
                    + REVISION
                    + " and position >= ? and (? = 0 or ? between first_page and last_page)"
                    + " order by position limit ?",
                documentId,
                revision,
                from,
                page,
                page,
                limit)
            .map((row, _) -> chunk(row))
            .list());
  }

  private static Chunk chunk(ResultSet row) throws SQLException {
    return new Chunk(
        row.getString("chunk_id"),
        row.getInt("position"),
        row.getString("text"),
        Json.list(row.getString("headings"), String.class),
        Json.list(row.getString("spans"), Span.class),
        row.getInt("tokens"));
  }

  @Override
  public int countChunks(String documentId, int revision) {
    return database.with(handle ->
        handle
            .select("select count(*) from chunks where " + REVISION, documentId, revision)
            .mapTo(Integer.class)
            .one());
  }

  @Override
  public Map<String, Placed> live(String organisation, Filter filter, Set<String> chunkIds) {
    if (chunkIds.isEmpty()) {
      return Map.of();
    }
    Where where =
        new Where(organisation, filter)
            .and("c.chunk_id = any(:chunks)")
            .and("c.document_id = d.id")
            .and("c.revision = d.live");
    return database.with(handle -> {
      Map<String, Chunk> chunks = new HashMap<>();
      Map<String, String> homes = new HashMap<>();
      where
          .bind(handle.createQuery("select c.* from chunks c, documents d where " + where.sql()))
          .bindArray("chunks", String.class, chunkIds)
          .map((row, _) -> {
            Chunk it = chunk(row);
            homes.put(it.id(), row.getString("document_id"));
            return chunks.put(it.id(), it);
          })
          .list();
      var documents =
          handle
              .createQuery("select * from documents where id = any(:ids)")
              .bindArray("ids", String.class, Set.copyOf(homes.values()))
              .map((row, _) -> Rows.document(row))
              .collectToMap(it -> it.id(), it -> it);
      Map<String, Placed> placed = new HashMap<>();
      chunks.forEach((id, it) -> placed.put(id, new Placed(documents.get(homes.get(id)), it)));
      return placed;
    });
  }

  @Override
  public List<String> stale(String documentId, int revision, int limit) {
    return database.with(handle ->
        handle
            .select(
                "select distinct o.chunk_id from chunks o where o.document_id = ?"
                    + " and o.revision <> ? and not exists (select 1 from chunks n"
                    + " where n.document_id = o.document_id and n.revision = ?"
                    + " and n.chunk_id = o.chunk_id) limit ?",
                documentId,
                revision,
                revision,
                limit)
            .mapTo(String.class)
            .list());
  }

  @Override
  public void dropStale(String documentId, int revision, List<String> chunkIds) {
    database.with(handle ->
        handle
            .createUpdate(
                "delete from chunks where document_id = :document and revision <> :revision"
                    + " and chunk_id = any(:ids)")
            .bind("document", documentId)
            .bind("revision", revision)
            .bindArray("ids", String.class, chunkIds)
            .execute());
  }

  @Override
  public void dropOthers(String documentId, int revision) {
    execute("delete from chunks where document_id = ? and revision <> ?", documentId, revision);
    execute("delete from pages where document_id = ? and revision <> ?", documentId, revision);
  }

  private void execute(String sql, Object... values) {
    database.with(handle -> handle.execute(sql, values));
  }
}
