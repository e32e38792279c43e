package dev.parley.documentsvc.postgres;

import dev.parley.documentsvc.library.Document;
import dev.parley.documentsvc.library.Facts;
import dev.parley.documentsvc.library.Format;
import dev.parley.documentsvc.library.Heading;
import dev.parley.documentsvc.library.Label;
import dev.parley.documentsvc.library.Progress;
import dev.parley.documentsvc.library.Stage;
import dev.parley.kit.identity.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows as documents, and values as columns. */
final class Rows {
  private Rows() {}

  static Document document(ResultSet row) throws SQLException {
    return new Document(
        row.getString("id"),
        new Owner(row.getString("organisation_id"), row.getString("person_id")),
        row.getString("collection_id"),
        row.getString("name"),
        row.getString("file_name"),
        Format.valueOf(row.getString("format")),
        row.getLong("size_bytes"),
        row.getString("sha256"),
        progress(row),
        facts(row),
        new Label(row.getString("class_label"), row.getDouble("class_confidence")),
        words(row, "tags"),
        Set.copyOf(words(row, "edited")),
        row.getInt("chunk_count"),
        row.getLong("version"),
        time(row, "create_time").orElseThrow(),
        time(row, "update_time").orElseThrow(),
        row.getInt("live"),
        row.getInt("work"));
  }

  private static Progress progress(ResultSet row) throws SQLException {
    return new Progress(
        Stage.valueOf(row.getString("stage")),
        row.getInt("done"),
        row.getInt("total"),
        row.getString("failure"),
        row.getString("failure_reason"),
        Json.list(row.getString("warnings"), String.class),
        row.getInt("attempts"));
  }

  private static Facts facts(ResultSet row) throws SQLException {
    return new Facts(
        row.getString("title"),
        Json.list(row.getString("authors"), String.class),
        time(row, "written_time"),
        time(row, "modified_time"),
        row.getInt("page_count"),
        row.getInt("word_count"),
        row.getString("language"),
        Json.list(row.getString("headings"), Heading.class));
  }

  private static List<String> words(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** Text that PostgreSQL takes: no character 0, no half of a surrogate pair. */
  static String storable(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (pair) {
        clean.append(c).append(text.charAt(++i));
      } else {
        clean.append(c == 0 || Character.isSurrogate(c) ? ' ' : c);
      }
    }
    return clean.toString();
  }
}
