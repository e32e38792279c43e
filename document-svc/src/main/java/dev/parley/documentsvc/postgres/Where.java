package dev.parley.documentsvc.postgres;

import dev.parley.documentsvc.library.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.SqlStatement;

/** A filter as a condition on {@code documents d}, and the values it binds. */
final class Where {
  private final List<String> conditions =
      new ArrayList<>(List.of("d.organisation_id = :organisation", "not d.hidden"));
  private final Filter filter;
  private final String organisation;

  Where(String organisation, Filter filter) {
    this.organisation = organisation;
    this.filter = filter;
    any("collection_id", filter.collections());
    any("id", filter.documents());
    any("class_label", filter.classes());
    any("language", filter.languages());
    if (!filter.tags().isEmpty()) {
      conditions.add("d.tags @> :tags");
    }
    filter.createdAfter().ifPresent(_ -> conditions.add("d.create_time >= :after"));
    filter.createdBefore().ifPresent(_ -> conditions.add("d.create_time < :before"));
  }

  private void any(String column, List<String> values) {
    if (!values.isEmpty()) {
      conditions.add("d." + column + " = any(:" + column + ")");
    }
  }

  Where and(String condition) {
    conditions.add(condition);
    return this;
  }

  String sql() {
    return String.join(" and ", conditions);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    statement.bind("organisation", organisation);
    array(statement, "collection_id", filter.collections());
    array(statement, "id", filter.documents());
    array(statement, "class_label", filter.classes());
    array(statement, "language", filter.languages());
    array(statement, "tags", filter.tags());
    filter.createdAfter().ifPresent(it -> statement.bind("after", Rows.utc(it)));
    filter.createdBefore().ifPresent(it -> statement.bind("before", Rows.utc(it)));
    return statement;
  }

  private static <S extends SqlStatement<S>> void array(
      S statement, String name, List<String> values) {
    if (!values.isEmpty()) {
      statement.bindArray(name, String.class, values);
    }
  }
}
