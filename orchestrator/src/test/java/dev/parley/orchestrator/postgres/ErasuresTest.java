package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.privacy.Erasure;
import dev.parley.orchestrator.privacy.Erasures;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Erasures over PostgreSQL, with other stores that can be looked into. */
class ErasuresTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");

  private final PostgresDatabase database = PostgresForTests.fresh();
  private final PostgresErasureStore rows = new PostgresErasureStore(database);
  private final PostgresSessionStore sessions = new PostgresSessionStore(database);
  private final List<Shelf> shelves = List.of(new Shelf("logs"), new Shelf("media"));

  /** Keeps something for each session; may stop for ever, as a process that is killed. */
  private static final class Shelf implements PersonalStore {
    private final String what;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch reached = new CountDownLatch(0);
    private volatile CountDownLatch stuck = new CountDownLatch(0);

    Shelf(String what) {
      this.what = what;
    }

    @Override
    public List<Removal> erase(Owner owner, Set<String> sessionIds) {
      reached.countDown();
      try {
        stuck.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("killed", e);
      }
      long count = sessionIds.stream().filter(kept::remove).count();
      return List.of(new Removal(what, count));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void everythingOfThePersonGoesAndNothingOfAnother() throws Exception {
    talk(ANN, 3);
    talk(BOB, 2);

    Erasure done = finished(erasures().forget(ANN).id());

    assertThat(done.owner()).isEmpty();
    assertThat(done.removals())
        .contains(new Removal("sessions", 3), new Removal("logs", 3), new Removal("media", 3));
    assertThat(sessions.list(ANN, "", 10, "").items()).isEmpty();
    assertThat(sessions.list(BOB, "", 10, "").items()).hasSize(2);
    assertThat(shelves).allMatch(it -> it.kept.size() == 2);
  }

  @Test
  void whatWasKilledAtAnyStepGoesOnAndLeavesNothing() throws Exception {
    for (Shelf killedAt : shelves) {
      talk(ANN, 2);
      killedAt.reached = new CountDownLatch(1);
      killedAt.stuck = new CountDownLatch(1);
      Erasures first = erasures();
      String id = first.forget(ANN).id();
      killedAt.reached.await();
      first.close();
      killedAt.stuck = new CountDownLatch(0);

      Erasures second = erasures();
      second.resume();

      assertThat(finished(id).removals()).contains(new Removal(killedAt.what, 2));
      assertThat(shelves).allMatch(it -> it.kept.isEmpty());
    }
  }

  @Test
  void aSecondRequestGetsTheErasureThatRunsAndOnlyItsPersonMayAsk() throws Exception {
    Shelf shelf = shelves.getFirst();
    shelf.stuck = new CountDownLatch(1);
    Erasures erasures = erasures();
    String id = erasures.forget(ANN).id();

    assertThat(erasures.forget(ANN).id()).isEqualTo(id);
    assertThat(erasures.find(ANN, id).isDone()).isFalse();
    assertThatThrownBy(() -> erasures.find(BOB, id))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("ERASURE_NOT_FOUND"));
    shelf.stuck.countDown();
    finished(id);
    String next = erasures.forget(ANN).id();
    assertThat(next).isNotEqualTo(id);
    finished(next);
  }

  @Test
  void theAuditEntryHasAPseudonymWhoseKeyIsGone() throws Exception {
    String id = finished(erasures().forget(ANN).id()).id();
    List<String> left =
        database.with(handle -> {
          List<String> all = new ArrayList<>();
          for (String table : List.of("erasures", "audit")) {
            all.addAll(
                handle.select("select t::text from " + table + " t").mapTo(String.class).list());
          }
          return all;
        });
    assertThat(left).hasSize(2).noneMatch(it -> it.contains("ann") || it.contains("acme"));
    assertThat(left.get(1)).contains(id, "forget-me").containsPattern("[0-9a-f]{64}");
    assertThat(
            database.<Boolean>with(handle ->
                handle
                    .select("select pseudonym_key is null from erasures")
                    .mapTo(Boolean.class)
                    .one()))
        .isTrue();
  }

  private Erasures erasures() {
    List<PersonalStore> stores = new ArrayList<>(shelves);
    stores.add(rows);
    return new Erasures(rows, stores, Ids::next, InstantSource.system());
  }

  private void talk(Owner owner, int times) {
    Instant now = Instant.now();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < times; i++) {
      String id = Ids.next();
      ids.add(id);
      sessions.create(
          new SessionRecord(id, owner, "ada", "", "en", "t", "", "{}", now, now, 0, false));
    }
    shelves.forEach(it -> it.kept.addAll(ids));
  }

  private Erasure finished(String id) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      Erasure erasure = rows.find(id).orElseThrow();
      if (erasure.isDone()) {
        return erasure;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("erasure " + id + " does not end");
  }
}
