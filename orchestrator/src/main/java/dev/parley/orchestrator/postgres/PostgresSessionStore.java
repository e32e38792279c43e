package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sessions in PostgreSQL, one row each. */
public final class PostgresSessionStore implements SessionStore {
  private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

  private final PostgresDatabase database;
  private final Transcripts transcripts;

  /** In that database, with titles, which are what was said first, as those say. */
  public PostgresSessionStore(PostgresDatabase database, Transcripts transcripts) {
    this.database = database;
    this.transcripts = transcripts;
  }

  @Override
  public SessionRecord create(SessionRecord it) {
    transcripts.ready(it.owner().organisationId());
    return database.in(
        it.owner().organisationId(), handle -> insert(handle, it) == 1 ? it : earlier(handle, it));
  }

  private int insert(Handle handle, SessionRecord it) {
    return handle.execute(
        "insert into sessions values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict do nothing",
        it.id(),
        it.owner().organisationId(),
        it.owner().personId(),
        it.characterId(),
        title(it.owner(), it.id(), it.title()),
        it.language(),
        it.resumeToken(),
        it.requestId(),
        it.settings(),
        utc(it.createTime()),
        utc(it.updateTime()),
        it.turnCount(),
        it.ended());
  }

  private String title(Owner owner, String sessionId, String title) {
    String storable = PostgresTurnStore.storable(title);
    return transcripts.written(owner.organisationId(), place(sessionId), storable);
  }

  private static String place(String sessionId) {
    return "sessions/" + sessionId + "/title";
  }

  private SessionRecord earlier(Handle handle, SessionRecord it) {
    return handle
        .select(
            "select * from sessions where organisation_id = ? and person_id = ?"
                + " and (id = ? or (request_id = ? and request_id <> ''))",
            it.owner().organisationId(),
            it.owner().personId(),
            it.id(),
            it.requestId())
        .map((row, _) -> session(row))
        .one();
  }

  @Override
  public Optional<SessionRecord> find(Owner owner, String sessionId) {
    transcripts.ready(owner.organisationId());
    return database.in(
        owner.organisationId(),
        handle ->
            handle
                .select(
                    "select * from sessions where id = ? and organisation_id = ? and person_id = ?",
                    sessionId,
                    owner.organisationId(),
                    owner.personId())
                .map((row, _) -> session(row))
                .findOne());
  }

  @Override
  public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
    PageToken after = token.isEmpty() ? new PageToken(END_OF_TIME, "") : PageToken.decode(token);
    transcripts.ready(owner.organisationId());
    List<SessionRecord> rows =
        database.in(
            owner.organisationId(),
            handle ->
                handle
                    .select(
                        "select * from sessions where organisation_id = ? and person_id = ?"
                            + " and (? = '' or character_id = ?) and (create_time, id) < (?, ?)"
                            + " order by create_time desc, id desc limit ?",
                        owner.organisationId(),
                        owner.personId(),
                        characterId,
                        characterId,
                        utc(after.time()),
                        after.id(),
                        size + 1)
                    .map((row, _) -> session(row))
                    .list());
    if (rows.size() <= size) {
      return new Page<>(rows, "");
    }
    SessionRecord last = rows.get(size - 1);
    return new Page<>(rows.subList(0, size), new PageToken(last.createTime(), last.id()).encode());
  }

  @Override
  public void touch(Owner owner, String sessionId, Instant time, int turnCount, String title) {
    transcripts.ready(owner.organisationId());
    database.in(
        owner.organisationId(),
        handle ->
            handle.execute(
                "update sessions set update_time = ?, turn_count = ?,"
                    + " title = case when title = '' then ? else title end where id = ?",
                utc(time),
                turnCount,
                title(owner, sessionId, title),
                sessionId));
  }

  @Override
  public void end(Owner owner, String sessionId, Instant time) {
    database.in(
        owner.organisationId(),
        handle ->
            handle.execute(
                "update sessions set ended = true, update_time = ? where id = ?",
                utc(time),
                sessionId));
  }

  @Override
  public boolean delete(Owner owner, String sessionId) {
    return database.in(
        owner.organisationId(),
        handle -> {
          int gone =
              handle.execute(
                  "delete from sessions where id = ? and organisation_id = ? and person_id = ?",
                  sessionId,
                  owner.organisationId(),
                  owner.personId());
          if (gone == 1) {
            handle.execute("delete from turns where session_id = ?", sessionId);
          }
          return gone == 1;
        });
  }

  private SessionRecord session(ResultSet row) throws SQLException {
    return new SessionRecord(
        row.getString("id"),
        new Owner(row.getString("organisation_id"), row.getString("person_id")),
        row.getString("character_id"),
        transcripts.read(
            row.getString("organisation_id"), place(row.getString("id")), row.getString("title")),
        row.getString("language"),
        row.getString("resume_token"),
        row.getString("request_id"),
        row.getString("settings"),
        row.getObject("create_time", OffsetDateTime.class).toInstant(),
        row.getObject("update_time", OffsetDateTime.class).toInstant(),
        row.getInt("turn_count"),
        row.getBoolean("ended"));
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
