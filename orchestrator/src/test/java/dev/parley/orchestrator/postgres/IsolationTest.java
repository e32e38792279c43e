package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the database itself keeps apart, whatever a statement forgets to say. */
class IsolationTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Owner ACME = new Owner("acme", "ann");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresSessionStore sessions =
      new PostgresSessionStore(database, Transcripts.PLAIN);

  @AfterEach
  void close() {
    database.close();
  }

  private static SessionRecord session(Owner owner, String id) {
    return new SessionRecord(id, owner, "ada", "", "en", "t", "", "{}", NOW, NOW, 0, false);
  }

  private static final String COUNT = "select count(*) from sessions";

  private long seenBy(String organisation) {
    return database.in(organisation, it -> it.select(COUNT).mapTo(Long.class).one());
  }

  @Test
  void aStatementThatNamesNoOrganisationSeesAndChangesNothing() {
    sessions.create(session(Owner.LOCAL, "s1"));
    sessions.create(session(ACME, "s2"));
    long seen = database.with(it -> it.select(COUNT).mapTo(Long.class).one());
    assertThat(seen).isZero();
    int changed = database.with(it -> it.execute("update sessions set title = 'x'"));
    assertThat(changed).isZero();
    int gone = database.with(it -> it.execute("delete from sessions"));
    assertThat(gone).isZero();
    assertThat(seenBy("local")).isEqualTo(1);
    assertThat(seenBy("acme")).isEqualTo(1);
    assertThat(seenBy("")).isZero();
    long all = database.everywhere(it -> it.select(COUNT).mapTo(Long.class).one());
    assertThat(all).isEqualTo(2);
  }

  @Test
  void whatATransactionNamedIsForgottenWhenItEnds() {
    sessions.create(session(ACME, "s1"));
    for (int i = 0; i < 4; i++) { // every connection of the pool
      assertThat(seenBy("acme")).isEqualTo(1);
      long seen = database.with(it -> it.select(COUNT).mapTo(Long.class).one());
      assertThat(seen).isZero();
    }
  }

  @Test
  void nothingIsPutIntoAnotherOrganisation() {
    sessions.create(session(ACME, "s1"));
    assertThatThrownBy(() ->
            database.in(
                "local",
                it ->
                    it.execute(
                        "insert into erasures (id, organisation_id, person_id, start_time)"
                            + " values ('e', 'acme', 'ann', now())")))
        .hasMessageContaining("42501");
    int moved =
        database.in("local", it -> it.execute("update sessions set organisation_id = 'local'"));
    assertThat(moved).isZero();
    assertThatThrownBy(() ->
            database.in("acme", it -> it.execute("update sessions set organisation_id = 'local'")))
        .hasMessageContaining("42501");
  }

  /** With an organisation, or one itself, of which that holds. */
  private List<String> tables(String that) {
    return database.with(it ->
        it.select(
                "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                    + " where c.relkind in ('r', 'p')"
                    + " and c.relnamespace = 'orchestrator'::regnamespace"
                    + " and (a.attname = 'organisation_id'"
                    + " or c.relname = 'organisations' and a.attname = 'id') and "
                    + that)
            .mapTo(String.class)
            .list());
  }

  @Test
  void everyTableWithAnOrganisationIsBehindIt() {
    assertThat(tables("true")).hasSizeGreaterThan(14);
    assertThat(tables("not (c.relrowsecurity and c.relforcerowsecurity)")).isEmpty();
    String ofTheService =
        "(select array_agg(pg_get_expr(polqual, polrelid)) from pg_policy where polrelid = c.oid"
            + " and polroles <> array['parley_orchestrator_keeper'::regrole::oid])";
    String only =
        "array['(' || a.attname || ' = NULLIF(current_setting(''parley.organisation''::text, true),"
            + " ''''::text))']";
    assertThat(tables(ofTheService + " is distinct from " + only)).isEmpty();
  }

  @Test
  void whoNamesNoOrganisationSeesNoRowOfAnyTableThatHasOne() {
    sessions.create(session(ACME, "s1"));
    long all = 0;
    for (String table : tables("true")) {
      String count = "select count(*) from " + table;
      long seen = database.with(it -> it.select(count).mapTo(Long.class).one());
      assertThat(seen).as(table).isZero();
      all += database.<Long>everywhere(it -> it.select(count).mapTo(Long.class).one());
    }
    assertThat(all).isGreaterThan(2);
  }

  @Test
  void theServiceOwnsNoTableAndStepsOverNoPolicy() {
    String rights =
        database.with(it ->
            it.select(
                    "select concat_ws(' ', rolsuper, rolbypassrls, exists (select from pg_class"
                        + " where relowner = r.oid)) from pg_roles r where rolname = current_user")
                .mapTo(String.class)
                .one());
    assertThat(rights).isEqualTo("f f f");
    assertThatThrownBy(() ->
            database.with(it -> it.execute("alter table sessions disable row level security")))
        .hasMessageContaining("42501");
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.long", matches = "true")
  void whatItCosts() {
    for (int i = 0; i < 20_000; i++) {
      Owner owner = new Owner("o" + i % 100, "p");
      sessions.create(session(owner, "s" + i));
    }
    String one = "select * from sessions where id = 's777' and organisation_id = 'o77'";
    String first =
        "select * from sessions where organisation_id = 'o77' and person_id = 'p'"
            + " order by create_time desc, id desc limit 20";
    for (String query : List.of(one, first)) {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        Duration named = time(() -> database.in("o77", it -> it.select(query).mapToMap().list()));
        database.with(it -> it.execute("reset role"));
        Duration bare = time(() -> database.with(it -> it.select(query).mapToMap().list()));
        database.with(it -> it.execute("set role parley_orchestrator"));
        ratios.add((double) named.toNanos() / bare.toNanos());
        System.out.printf("named %s, without policies %s%n", named, bare);
      }
      System.out.printf("%s%n  ratio %.2f%n", query, ratios.stream().sorted().toList().get(4));
    }
  }

  private static Duration time(Supplier<Object> query) {
    for (int i = 0; i < 500; i++) {
      query.get();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < 2_000; i++) {
      query.get();
    }
    return Duration.ofNanos((System.nanoTime() - begin) / 2_000);
  }
}
