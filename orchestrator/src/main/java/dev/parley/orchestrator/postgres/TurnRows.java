package dev.parley.orchestrator.postgres;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Citation;
import dev.parley.orchestrator.conversation.Receipt;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.conversation.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;

/** A turn and its row: what was said stands in it as {@link Transcripts} say. */
record TurnRows(Transcripts transcripts) {
  /** Before a transaction that reads or writes rows of an organisation. */
  void ready(String organisation) {
    transcripts.ready(organisation);
  }

  Update bind(Update update, TurnRecord it) {
    return update
        .bind("id", it.id())
        .bind("organisation", it.owner().organisationId())
        .bind("person", it.owner().personId())
        .bind("session", it.sessionId())
        .bind("character", it.characterId())
        .bind("state", it.state().name())
        .bind("input", text(it, "input_text", it.inputText()))
        .bind("spoken", it.spokenInput())
        .bind("reply", text(it, "reply_text", it.replyText()))
        .bind("cut", text(it, "cut_text", it.cutText()))
        .bind("words", json(it, "words", it.words()))
        .bind("citations", json(it, "citations", it.citations()))
        .bind("media", it.mediaDuration().toNanos() / 1000)
        .bind("created", PostgresSessionStore.utc(it.createTime()))
        .bind("ended", it.endTime().map(PostgresSessionStore::utc))
        .bind("receipt", it.receipt().map(r -> json(it, "receipt", r)))
        .bind("request", it.requestId())
        .bind("unremembered", it.isMemorable());
  }

  private String text(TurnRecord turn, String column, String said) {
    String organisation = turn.owner().organisationId();
    String storable = PostgresTurnStore.storable(said);
    return transcripts.written(organisation, place(turn.id(), column), storable);
  }

  /** What is sealed is a string in JSON. */
  private String json(TurnRecord turn, String column, Object value) {
    String open = Json.write(value).replace("\\u0000", "");
    String written = text(turn, column, open);
    return written.equals(open) ? open : Json.write(written);
  }

  TurnRecord turn(ResultSet row) throws SQLException {
    return new TurnRecord(
        row.getString("id"),
        new Owner(row.getString("organisation_id"), row.getString("person_id")),
        row.getString("session_id"),
        row.getString("character_id"),
        TurnState.valueOf(row.getString("state")),
        text(row, "input_text"),
        row.getBoolean("spoken_input"),
        text(row, "reply_text"),
        text(row, "cut_text"),
        List.of(Json.read(json(row, "words"), Word[].class)),
        List.of(Json.read(json(row, "citations"), Citation[].class)),
        Duration.ofNanos(row.getLong("media_duration_us") * 1000),
        row.getObject("create_time", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("end_time", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant),
        row.getString("receipt") == null
            ? Optional.empty()
            : Optional.of(Json.read(json(row, "receipt"), Receipt.class)),
        row.getString("request_id"));
  }

  private String text(ResultSet row, String column) throws SQLException {
    return open(row, column, row.getString(column));
  }

  private String json(ResultSet row, String column) throws SQLException {
    String stored = row.getString(column);
    return stored.startsWith("\"") ? open(row, column, Json.read(stored, String.class)) : stored;
  }

  private String open(ResultSet row, String column, String stored) throws SQLException {
    String place = place(row.getString("id"), column);
    return transcripts.read(row.getString("organisation_id"), place, stored);
  }

  private static String place(String id, String column) {
    return "turns/" + id + "/" + column;
  }
}
