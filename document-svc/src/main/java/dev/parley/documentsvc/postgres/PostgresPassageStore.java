package dev.parley.documentsvc.postgres;

import static dev.parley.documentsvc.postgres.Rows.storable;

import dev.parley.documentsvc.library.Chunk;
import dev.parley.documentsvc.library.Filter;
import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Layout;
import dev.parley.documentsvc.library.Page;
import dev.parley.documentsvc.library.PassageStore;
import dev.parley.documentsvc.library.Revision;
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
  public void clearPages(Revision of) {
    execute(of, "delete from pages where " + REVISION, of.document(), of.number());
  }

  @Override
  public boolean addPages(Revision of, List<Page> pages) {
    return database.in(
        of.organisation(),
        handle -> {
          if (!isWorkedOn(handle, of)) {
            return false;
          }
          var batch =
              handle.prepareBatch(
                  "insert into pages values (?, ?, ?, ?, ?, ?::jsonb, ?) on conflict do nothing");
          for (Page it : pages) {
            batch.add(
                of.document(),
                of.number(),
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
  private static boolean isWorkedOn(Handle handle, Revision of) {
    return handle
        .select(
            "select 1 from documents where id = ? and work = ? and not hidden for key share",
            of.document(),
            of.number())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public List<Page> pages(Revision of, int from, int limit) {
    return database.in(
        of.organisation(),
        handle ->
            handle
                .select(
                    "select * from pages where "
                        + REVISION
                        + " and number >= ? order by number limit ?",
                    of.document(),
                    of.number(),
                    from,
                    limit)
                .map((row, _) -> page(row))
                .list());
  }

  @Override
  public Optional<Page> page(Revision of, int number) {
    return database.in(
        of.organisation(),
        handle ->
            handle
                .select(
                    "select * from pages where " + REVISION + " and number = ?",
                    of.document(),
                    of.number(),
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
  public void clearChunks(Revision of) {
    execute(of, "delete from chunks where " + REVISION, of.document(), of.number());
  }

  @Override
  public boolean addChunks(Revision of, List<Chunk> chunks) {
    return database.in(
        of.organisation(),
        handle -> {
          if (!isWorkedOn(handle, of)) {
            return false;
          }
          var batch =
              handle.prepareBatch(
                  "insert into chunks values (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?)"
                      + " on conflict do nothing");
          for (Chunk it : chunks) {
            batch.add(
                of.document(),
                of.number(),
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
  public List<Chunk> chunks(Revision of, int from, int limit, int page) {
    return database.in(
        of.organisation(),
        handle ->
            handle
                .select(
                    "select * from chunks where "
                        + REVISION
                        + " and position >= ? and (? = 0 or ? between first_page and last_page)"
                        + " order by position limit ?",
                    of.document(),
                    of.number(),
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
  public int countChunks(Revision of) {
    return database.in(
        of.organisation(),
        handle ->
            handle
                .select("select count(*) from chunks where " + REVISION, of.document(), of.number())
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
    return database.in(
        organisation,
        handle -> {
          Map<String, Chunk> chunks = new HashMap<>();
          Map<String, String> homes = new HashMap<>();
          where
              .bind(
                  handle.createQuery("select c.* from chunks c, documents d where " + where.sql()))
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
  public List<String> stale(Revision of, int limit) {
    return database.in(
        of.organisation(),
        handle ->
            handle
                .select(
                    "select distinct o.chunk_id from chunks o where o.document_id = ?"
                        + " and o.revision <> ? and not exists (select 1 from chunks n"
                        + " where n.document_id = o.document_id and n.revision = ?"
                        + " and n.chunk_id = o.chunk_id) limit ?",
                    of.document(),
                    of.number(),
                    of.number(),
                    limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public void dropStale(Revision of, List<String> chunkIds) {
    database.in(
        of.organisation(),
        handle ->
            handle
                .createUpdate(
                    "delete from chunks where document_id = :document and revision <> :revision"
                        + " and chunk_id = any(:ids)")
                .bind("document", of.document())
                .bind("revision", of.number())
                .bindArray("ids", String.class, chunkIds)
                .execute());
  }

  @Override
  public void dropOthers(Revision of) {
    execute(
        of,
        "delete from chunks where document_id = ? and revision <> ?",
        of.document(),
        of.number());
    execute(
        of,
        "delete from pages where document_id = ? and revision <> ?",
        of.document(),
        of.number());
  }

  private void execute(Revision of, String sql, Object... values) {
    database.in(of.organisation(), handle -> handle.execute(sql, values));
  }
}
