package dev.parley.documentsvc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.documentsvc.Stores;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database itself keeps apart, whatever a statement forgets to say. */
class IsolationTest {
  private static final String PAGE =
      "insert into pages values ('d-acme', 1, 1, '1', 'secret', '[]', '')";
  private final PostgresDatabase database =
      PostgresDatabase.open(Stores.database(), "postgres", "", 2);

  @BeforeEach
  void aDocumentEach() {
    for (String organisation : List.of("local", "acme")) {
      database.in(
          organisation,
          it ->
              it.execute(
                  "insert into documents values (?, ?, 'p', 'c', 'n', 'f', 'TEXT', 1, ?, 'READY', 0, 0,"
                      + " '', '', '[]', 0, '', '[]', null, null, 1, 1, 'en', '[]', '', 0, '{}', '{}',"
                      + " 1, 1, now(), now(), 1, 1, false)",
                  "d-" + organisation,
                  organisation,
                  organisation));
    }
    database.in("acme", it -> it.execute(PAGE));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static String count(String table) {
    return "select count(*) from " + table;
  }

  @Test
  void aStatementThatNamesNoOrganisationSeesAndChangesNothing() {
    for (String table : List.of("documents", "pages")) {
      long seen = database.with(it -> it.select(count(table)).mapTo(Long.class).one());
      assertThat(seen).as(table).isZero();
      int gone = database.with(it -> it.execute("delete from " + table));
      assertThat(gone).as(table).isZero();
    }
    long own = database.in("acme", it -> it.select(count("pages")).mapTo(Long.class).one());
    long foreign = database.in("local", it -> it.select(count("pages")).mapTo(Long.class).one());
    assertThat(List.of(own, foreign)).containsExactly(1L, 0L);
  }

  @Test
  void pagesGoWithTheirDocumentAndNoneIsAddedWithoutAnOrganisation() {
    database.in("acme", it -> it.execute("delete from documents"));
    long left = database.everywhere(it -> it.select(count("pages")).mapTo(Long.class).one());
    assertThat(left).isZero();
    assertThatThrownBy(() -> database.with(it -> it.execute(PAGE))).hasMessageContaining("42501");
  }

  @Test
  void everyTableWithAnOrganisationIsBehindItAndTheServiceOwnsNone() {
    String policies =
        "(select array_agg(pg_get_expr(polqual, polrelid)) from pg_policy where polrelid = c.oid"
            + " and polroles <> array['parley_document_keeper'::regrole::oid])";
    String only =
        "array['(organisation_id = NULLIF(current_setting(''parley.organisation''::text, true),"
            + " ''''::text))']";
    assertThat(tables("true"))
        .containsExactlyInAnyOrder("collections", "documents", "pages", "chunks");
    assertThat(tables("not (c.relrowsecurity and c.relforcerowsecurity)")).isEmpty();
    assertThat(tables("c.relowner = current_user::regrole")).isEmpty();
    assertThat(tables(policies + " is distinct from " + only)).isEmpty();
  }

  /** With an organisation, of which that holds. */
  private List<String> tables(String that) {
    return database.with(it ->
        it.select(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                    + " where c.relkind in ('r', 'p') and a.attname = 'organisation_id'"
                    + " and c.relnamespace = 'document'::regnamespace and "
                    + that)
            .mapTo(String.class)
            .list());
  }
}
