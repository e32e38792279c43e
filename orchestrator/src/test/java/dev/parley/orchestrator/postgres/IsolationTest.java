package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.SessionRecord;
import java.time.Duration;
import java.time.Instant;
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
  private final PostgresSessionStore sessions = new PostgresSessionStore(database);

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

  @Test
  void everyTableWithAnOrganisationIsBehindIt() {
    List<String> open =
        database.with(it ->
            it.select(
                    "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
                        + " where c.relkind in ('r', 'p') and a.attname = 'organisation_id'"
                        + " and c.relnamespace = 'orchestrator'::regnamespace"
                        + " and not (c.relrowsecurity and c.relforcerowsecurity)")
                .mapTo(String.class)
                .list());
    assertThat(open).isEmpty();
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
      Duration named = time(() -> database.in("o77", it -> it.select(query).mapToMap().list()));
      database.with(it -> it.execute("reset role"));
      Duration bare = time(() -> database.with(it -> it.select(query).mapToMap().list()));
      database.with(it -> it.execute("set role parley_orchestrator"));
      System.out.printf("%s%n  in its organisation %s, without policies %s%n", query, named, bare);
    }
  }

  private static Duration time(Supplier<Object> query) {
    for (int i = 0; i < 3_000; i++) {
      query.get();
    }
    long begin = System.nanoTime();
    for (int i = 0; i < 5_000; i++) {
      query.get();
    }
    return Duration.ofNanos((System.nanoTime() - begin) / 5_000);
  }
}
