package dev.parley.documentsvc.postgres;

import static dev.parley.documentsvc.postgres.Rows.storable;
import static dev.parley.documentsvc.postgres.Rows.utc;

import dev.parley.documentsvc.library.Document;
import dev.parley.documentsvc.library.DocumentStore;
import dev.parley.documentsvc.library.Facts;
import dev.parley.documentsvc.library.Filter;
import dev.parley.documentsvc.library.Label;
import dev.parley.documentsvc.library.Stage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Documents in PostgreSQL, one row each. */
public final class PostgresDocumentStore implements DocumentStore {
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");
  private static final String INSERT =
      """
      insert into documents values (:id, :organisation, :person, :collection, :name, :file,
        :format, :size, :sha, 'STORED', 0, 0, '', '', '[]', 0, '', '[]', null, null, 0, 0, 'und',
        '[]', '', 0, :tags, :edited, 0, 1, :created, :created, 0, 1, false)
      on conflict do nothing
      """;
  private static final String EDIT =
      """
      update documents set name = :name, tags = :tags, edited = :edited, title = :title,
        authors = :authors::jsonb, written_time = :written, modified_time = :modified,
        language = :language, class_label = :label, class_confidence = :confidence,
        version = version + 1, update_time = now()
      where id = :id and version = :version and not hidden
      """;
  private static final String DESCRIBE =
      """
      update documents set title = :title, authors = :authors::jsonb, written_time = :written,
        modified_time = :modified, page_count = :pages, word_count = :words, language = :language,
        headings = :headings::jsonb, class_label = :label, class_confidence = :confidence,
        warnings = :warnings::jsonb, name = :name, version = version + 1, update_time = now()
      where id = :id and work = :work
      """;
  private static final String RENEW =
      """
      update documents set work = work + 1, stage = 'STORED', done = 0, total = 0, failure = '',
        failure_reason = '', warnings = '[]', attempts = 0, version = version + 1,
        update_time = now()
      where organisation_id = ? and id = ? and not hidden
      """;

  private final PostgresDatabase database;

  public PostgresDocumentStore(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Document insert(Document it) {
    return database.in(
        it.owner().organisationId(),
        handle -> {
          handle
              .createUpdate(INSERT)
              .bind("id", it.id())
              .bind("organisation", it.owner().organisationId())
              .bind("person", it.owner().personId())
              .bind("collection", it.collectionId())
              .bind("name", storable(it.name()))
              .bind("file", storable(it.fileName()))
              .bind("format", it.format().name())
              .bind("size", it.sizeBytes())
              .bind("sha", it.sha256())
              .bindArray("tags", String.class, it.tags())
              .bindArray("edited", String.class, it.edited())
              .bind("created", utc(it.createTime()))
              .execute();
          return content(handle, it.owner().organisationId(), it.collectionId(), it.sha256())
              .orElseThrow();
        });
  }

  @Override
  public Optional<Document> find(String organisation, String id) {
    return database.in(
        organisation,
        handle -> one(handle, "organisation_id = ? and id = ? and not hidden", organisation, id));
  }

  @Override
  public Optional<Document> withContent(String organisation, String collection, String sha256) {
    return database.in(organisation, handle -> content(handle, organisation, collection, sha256));
  }

  private static Optional<Document> content(
      Handle handle, String organisation, String collection, String sha256) {
    return handle
        .select(
            "select * from documents where organisation_id = ? and collection_id = ?"
                + " and sha256 = ? and not hidden",
            organisation,
            collection,
            sha256)
        .map((row, _) -> Rows.document(row))
        .findOne();
  }

  @Override
  public Optional<Document> work(String id) {
    return database.everywhere(handle -> one(handle, "id = ? and not hidden", id));
  }

  @Override
  public List<Document> unfinished() {
    return database.everywhere(handle ->
        handle
            .select("select * from documents where stage not in ('READY', 'FAILED') and not hidden")
            .map((row, _) -> Rows.document(row))
            .list());
  }

  @Override
  public Optional<Document> hidden(String id) {
    return database.everywhere(handle -> one(handle, "id = ? and hidden", id));
  }

  private static Optional<Document> one(Handle handle, String condition, Object... values) {
    return handle
        .select("select * from documents where " + condition, values)
        .map((row, _) -> Rows.document(row))
        .findOne();
  }

  @Override
  public Slice list(Query query, String token) {
    PageToken after = token.isEmpty() ? new PageToken(END_OF_TIME, "") : PageToken.decode(token);
    Where where =
        new Where(query.organisation(), query.filter())
            .and("(d.create_time, d.id) < (:time, :last)")
            .and("strpos(lower(d.name), lower(:contains)) > 0");
    query.stage().ifPresent(_ -> where.and("d.stage = :stage"));
    List<Document> rows =
        database.in(
            query.organisation(),
            handle -> {
              var select =
                  where
                      .bind(
                          handle.createQuery(
                              "select d.* from documents d where "
                                  + where.sql()
                                  + " order by d.create_time desc, d.id desc limit :size"))
                      .bind("time", utc(after.time()))
                      .bind("last", after.id())
                      .bind("contains", storable(query.nameContains()))
                      .bind("size", query.size() + 1);
              query.stage().ifPresent(it -> select.bind("stage", it.name()));
              return select.map((row, _) -> Rows.document(row)).list();
            });
    if (rows.size() <= query.size()) {
      return new Slice(rows, "");
    }
    Document last = rows.get(query.size() - 1);
    return new Slice(
        rows.subList(0, query.size()), new PageToken(last.createTime(), last.id()).encode());
  }

  @Override
  public List<String> ids(String organisation, Filter filter, int limit) {
    Where where = new Where(organisation, filter);
    return database.in(
        organisation,
        handle ->
            where
                .bind(
                    handle.createQuery(
                        "select d.id from documents d where " + where.sql() + " limit :limit"))
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
  }

  @Override
  public Optional<Document> update(Document it) {
    return database.in(
        it.owner().organisationId(),
        handle -> {
          int changed =
              described(handle.createUpdate(EDIT), it.facts(), it.label())
                  .bind("name", storable(it.name()))
                  .bindArray("tags", String.class, it.tags())
                  .bindArray("edited", String.class, it.edited())
                  .bind("id", it.id())
                  .bind("version", it.version())
                  .execute();
          return changed == 0 ? Optional.empty() : byId(handle, it.id());
        });
  }

  private static Update described(Update update, Facts facts, Label label) {
    return update
        .bind("title", storable(facts.title()))
        .bind("authors", Json.write(facts.authors()))
        .bind("written", time(facts.written()))
        .bind("modified", time(facts.modified()))
        .bind("language", facts.language())
        .bind("label", label.name())
        .bind("confidence", label.confidence());
  }

  private static OffsetDateTime time(Optional<Instant> time) {
    return time.map(Rows::utc).orElse(null);
  }

  private static Optional<Document> byId(Handle handle, String id) {
    return handle
        .select("select * from documents where id = ? and not hidden", id)
        .map((row, _) -> Rows.document(row))
        .findOne();
  }

  @Override
  public void describe(Document it, Facts facts, Label label, List<String> warnings, String name) {
    database.in(
        it.owner().organisationId(),
        handle ->
            described(handle.createUpdate(DESCRIBE), facts, label)
                .bind("pages", facts.pageCount())
                .bind("words", facts.wordCount())
                .bind("headings", Json.write(facts.headings()))
                .bind("warnings", Json.write(warnings))
                .bind("name", storable(name))
                .bind("id", it.id())
                .bind("work", it.work())
                .execute());
  }

  @Override
  public boolean hide(String organisation, String id) {
    return changed(
        organisation,
        "update documents set hidden = true where organisation_id = ? and id = ? and not hidden",
        organisation,
        id);
  }

  @Override
  public List<String> allHidden() {
    return database.everywhere(handle ->
        handle.select("select id from documents where hidden").mapTo(String.class).list());
  }

  @Override
  public void remove(Document it) {
    changed(it.owner().organisationId(), "delete from documents where id = ? and hidden", it.id());
  }

  @Override
  public Optional<Document> renew(String organisation, String id) {
    return database.in(
        organisation,
        handle ->
            handle.execute(RENEW, organisation, id) == 0 ? Optional.empty() : byId(handle, id));
  }

  @Override
  public boolean tick(Document of, int done, int total) {
    return changed(
        of.owner().organisationId(),
        "update documents set done = ?, total = ? where id = ? and work = ? and not hidden",
        done,
        total,
        of.id(),
        of.work());
  }

  @Override
  public void advance(Document of, Stage to) {
    changed(
        of.owner().organisationId(),
        "update documents set stage = ?, attempts = 0, update_time = now(),"
            + " done = case when ? then done else 0 end"
            + " where id = ? and work = ? and stage = ?",
        to.name(),
        to == Stage.READY,
        of.id(),
        of.work(),
        of.progress().stage().name());
  }

  @Override
  public void attempted(Document of, int attempts) {
    changed(
        of.owner().organisationId(),
        "update documents set attempts = ? where id = ? and work = ?",
        attempts,
        of.id(),
        of.work());
  }

  @Override
  public void fail(Document of, String reason, String message) {
    changed(
        of.owner().organisationId(),
        "update documents set stage = 'FAILED', failure = ?, failure_reason = ?,"
            + " version = version + 1, update_time = now() where id = ? and work = ?",
        storable(message),
        reason,
        of.id(),
        of.work());
  }

  @Override
  public void live(Document of, int chunkCount) {
    changed(
        of.owner().organisationId(),
        "update documents set live = work, chunk_count = ?, version = version + 1,"
            + " update_time = now() where id = ? and work = ?",
        chunkCount,
        of.id(),
        of.work());
  }

  private boolean changed(String organisation, String sql, Object... values) {
    return database.in(organisation, handle -> handle.execute(sql, values)) > 0;
  }
}
