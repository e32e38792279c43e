package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.audit.AuditLog;
import dev.parley.orchestrator.identity.audit.Chain;
import dev.parley.orchestrator.identity.audit.Deed;
import dev.parley.orchestrator.identity.audit.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The audit log on a real PostgreSQL, and people who would rather have another past. */
class PostgresAuditStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-21T13:45:00.123456789Z");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresAuditStore store = new PostgresAuditStore(database);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void entriesAreNumberedByOrganisationAndTheirChainHolds() {
    store.append(List.of(deed("acme", "ann", "A"), deed("other", "olga", "A")));
    store.append(List.of(deed("acme", "bob", "B"), deed("acme", "ann", "C")));

    List<Entry> entries = store.list("acme", "", Long.MAX_VALUE, 10);
    assertThat(entries).extracting(Entry::number).containsExactly(3L, 2L, 1L);
    assertThat(entries).extracting(Entry::action).containsExactly("C", "B", "A");
    Chain.Verdict verdict = store.verify("acme");
    assertThat(verdict).isEqualTo(new Chain.Verdict(true, 3, 0, entries.getFirst().hash()));
    assertThat(store.verify("other").entries()).isEqualTo(1);
    assertThat(store.verify("nobody")).isEqualTo(new Chain.Verdict(true, 0, 0, Entry.FIRST));
  }

  @Test
  void pagesGoOnBelowANumberAndMayBeOfOneAction() {
    for (int i = 0; i < 5; i++) {
      store.append(List.of(deed("acme", "ann", i % 2 == 0 ? "even" : "odd")));
    }
    assertThat(store.list("acme", "", 4, 2)).extracting(Entry::number).containsExactly(3L, 2L);
    assertThat(store.list("acme", "odd", Long.MAX_VALUE, 9))
        .extracting(Entry::number)
        .containsExactly(4L, 2L);
  }

  @Test
  void manyWritersAtOnceLeaveNoGapAndOneChain() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Boolean> write =
          () -> {
            for (int i = 0; i < 20; i++) {
              store.append(List.of(deed("acme", "ann", "x"), deed("b", "bob", "y")));
            }
            return true;
          };
      for (var done : threads.invokeAll(IntStream.range(0, 4).mapToObj(_ -> write).toList())) {
        done.get();
      }
    }
    assertThat(store.verify("acme")).matches(it -> it.intact() && it.entries() == 80);
    assertThat(store.verify("b")).matches(it -> it.intact() && it.entries() == 80);
  }

  @Test
  void theDatabaseRefusesToChangeWhatWasDone() {
    store.append(List.of(deed("acme", "ann", "A")));
    for (String change :
        List.of(
            "update audit_entries set outcome = 'done'",
            "delete from audit_entries",
            "truncate audit_entries",
            "update audit set action = 'x'",
            "delete from audit")) {
      for (String role : List.of("none", "parley_orchestrator", "parley_orchestrator_keeper")) {
        assertThatThrownBy(() ->
                database.with(handle -> {
                  handle.execute("set local role " + role);
                  return handle.execute(change);
                }))
            .as(role + ": " + change)
            .isInstanceOfSatisfying(
                Failure.class, it -> assertThat(it).hasMessageContaining("42501"));
      }
    }
    assertThat(store.verify("acme").intact()).isTrue();
  }

  @Test
  void whoChangesTheTableAllTheSameIsFoundOut() {
    for (String tampering :
        List.of(
            "update audit_entries set outcome = 'denied' where number = 5",
            "update audit_entries set actor = 'somebody' where number = 5",
            "update audit_entries set time = time + interval '1 microsecond' where number = 5",
            "update audit_entries set hash = repeat('0', 64) where number = 5",
            "delete from audit_entries where number = 5",
            "insert into audit_entries select organisation_id, 0, time, actor, action, target,"
                + " outcome, request_id, hash from audit_entries where number = 5",
            "delete from audit_entries where number >= 5")) {
      try (PostgresDatabase other = PostgresForTests.fresh()) {
        var log = new PostgresAuditStore(other);
        List<Deed> deeds = new ArrayList<>();
        IntStream.range(0, 8).forEach(i -> deeds.add(deed("acme", "ann", "did " + i)));
        log.append(deeds);
        other.with(handle -> {
          handle.execute("set local role none"); // whoever owns the database
          handle.execute("alter table audit_entries disable trigger all");
          return handle.execute(tampering);
        });
        Chain.Verdict verdict = log.verify("acme");
        assertThat(verdict.intact()).as(tampering).isFalse();
        long expected = tampering.startsWith("insert") ? 1 : 5;
        assertThat(verdict.firstBroken()).as(tampering).isEqualTo(expected);
      }
    }
  }

  @Test
  void peopleAreNamedByPseudonymsUntilTheirKeyIsDestroyed() {
    var target = new Deed(NOW, "acme", "ann", "UpdateMember", Deed.PERSON, "bob", Deed.DONE, "r");
    store.append(List.of(target, deed("acme", "bob", "A")));
    List<Entry> entries = store.list("acme", "", Long.MAX_VALUE, 10);
    String bob = entries.get(0).actor();
    String ann = entries.get(1).actor();
    assertThat(entries.get(1).target()).isEqualTo("person/" + bob);
    assertThat(store.people("acme", List.of(ann, bob)))
        .containsEntry(ann, "ann")
        .containsEntry(bob, "bob");

    assertThat(store.erase(new Owner("acme", "bob"), Set.of()).getFirst().count()).isEqualTo(1);

    assertThat(store.people("acme", List.of(ann, bob))).containsOnlyKeys(ann);
    assertThat(store.verify("acme").intact()).isTrue();
    store.append(List.of(deed("acme", "bob", "B")));
    assertThat(store.list("acme", "", Long.MAX_VALUE, 1).getFirst().actor()).isNotEqualTo(bob);
    assertThat(rows()).noneMatch(it -> it.contains("\"bob\"") || it.contains("(acme,bob"));
  }

  @Test
  void whatItCannotKeepStopsNeitherTheLogNorTheChain() {
    Instant tooLate = Instant.parse("+300000-01-01T00:00:00Z");
    var log = new AuditLog(store);
    log.add(deed("acme", "ann", "A"));
    log.add(new Deed(NOW, "acme", "a\0nn", "B", "session", "s\0\uD800", "refused", "r\0"));
    log.add(new Deed(tooLate, "acme", "ann", "C", "key", "k1", Deed.DONE, "r1"));
    log.add(deed("other", "olga", "D"));
    log.add(deed("acme", "ann", "E"));
    log.close();
    assertThat(log.lost()).isEqualTo(1);
    assertThat(store.list("acme", "", Long.MAX_VALUE, 9))
        .extracting(Entry::action)
        .containsExactly("E", "B", "A");
    assertThat(store.list("acme", "B", Long.MAX_VALUE, 9))
        .extracting(Entry::target)
        .containsExactly("session/s\uFFFD\uFFFD");
    assertThat(store.verify("acme")).matches(it -> it.intact() && it.entries() == 3);
    assertThat(store.verify("other")).matches(it -> it.intact() && it.entries() == 1);
  }

  private List<String> rows() {
    return database.everywhere(
        handle -> handle.select("select t::text from audit_entries t").mapTo(String.class).list());
  }

  private static Deed deed(String organisation, String actor, String action) {
    return new Deed(NOW, organisation, actor, action, "key", "k1", Deed.DONE, "r1");
  }
}
