package dev.parley.orchestrator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.privacy.Erasure;
import dev.parley.orchestrator.privacy.Removal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Erasures as jobs over PostgreSQL, with other stores that can be looked into. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErasuresTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");

  @TempDir private Path folder;
  private final String url = PostgresForTests.freshUrl();
  private final PostgresDatabase database = PostgresForTests.open(url);
  private final PostgresErasureStore rows = new PostgresErasureStore(database);
  private final PostgresSessionStore sessions =
      new PostgresSessionStore(database, Transcripts.PLAIN);
  private final List<AutoCloseable> running = new ArrayList<>();
  private List<Shelf> shelves;

  @BeforeEach
  void open() {
    shelves = ErasureProcess.shelves(folder, 0);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
    database.close();
  }

  @Test
  void everythingOfThePersonGoesAndNothingOfAnother() throws Exception {
    talk(ANN, 3);
    talk(BOB, 2);

    Erasure done = finished(start().erasures().forget(ANN, "").id());

    assertThat(done.owner()).isEmpty();
    assertThat(done.removals())
        .contains(new Removal("sessions", 3), new Removal("logs", 3), new Removal("media", 3));
    assertThat(sessions.list(ANN, "", 10, "").items()).isEmpty();
    assertThat(sessions.list(BOB, "", 10, "").items()).hasSize(2);
    assertThat(shelves).allMatch(it -> it.size() == 2);
  }

  @Test
  void aProcessKilledWithSignal9InTheMiddleGoesOnAfterItsRestartAndLeavesNothing()
      throws Exception {
    talk(ANN, 40);
    talk(BOB, 2);
    Process first = ErasureProcess.fork(folder, url, folder.toString(), "ann");
    Shelf media = shelves.getLast();
    while (media.size() > 30 && first.isAlive()) {
      Thread.sleep(1);
    }
    first.destroyForcibly().waitFor();
    assertThat(media.size()).as("killed in the middle").isBetween(3, 41);
    Erasure interrupted = rows.unfinished().getFirst();

    Process second = ErasureProcess.fork(folder, url, folder.toString());
    try {
      assertThat(finished(interrupted.id()).owner()).isEmpty();
      assertThat(shelves).allMatch(it -> it.size() == 2);
      assertThat(dump("erasures", "audit", "sessions", "turns", "scheduled_tasks"))
          .noneMatch(it -> it.contains("ann"));
      assertThat(dump("audit")).hasSize(1);
      assertThat(sessions.list(BOB, "", 10, "").items()).hasSize(2);
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void aStoreThatIsAwayIsTriedAgain() throws Exception {
    talk(ANN, 2);
    Path media = folder.resolve("media");
    Path away = folder.resolve("away");
    ErasureProcess erasing = start();
    java.nio.file.Files.move(media, away);
    java.nio.file.Files.writeString(media, "no folder");
    String id = erasing.erasures().forget(ANN, "").id();
    while (shelves.getFirst().size() > 0) {
      Thread.sleep(10);
    }
    java.nio.file.Files.delete(media);
    java.nio.file.Files.move(away, media);
    finished(id);
    assertThat(shelves).allMatch(it -> it.size() == 0);
  }

  @Test
  void aSecondRequestGetsTheErasureThatRunsAndOnlyItsPersonMayAsk() throws Exception {
    var stuck = new CountDownLatch(1);
    var erasures =
        new dev.parley.orchestrator.privacy.Erasures(
            rows, id -> stuck.countDown(), Ids::next, java.time.InstantSource.system());
    String id = erasures.forget(ANN, "").id();

    assertThat(erasures.forget(ANN, "").id()).isEqualTo(id);
    assertThat(erasures.forget(ANN, "other").id()).isEqualTo(id);
    assertThat(erasures.find(ANN, id).isDone()).isFalse();
    assertThatThrownBy(() -> erasures.find(BOB, id))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.reason()).isEqualTo("ERASURE_NOT_FOUND"));
    assertThat(stuck.getCount()).isZero();
    start();
    finished(id);
    assertThat(erasures.forget(ANN, "").id()).isNotEqualTo(id);
  }

  @Test
  void theSameRequestGivesTheSameErasureAlsoWhenItIsDone() throws Exception {
    ErasureProcess erasing = start();
    String id = finished(erasing.erasures().forget(ANN, "r1").id()).id();

    assertThat(erasing.erasures().forget(ANN, "r1").id()).isEqualTo(id);
    assertThat(erasing.erasures().forget(BOB, "r1").id()).isNotEqualTo(id);
    String next = erasing.erasures().forget(ANN, "r2").id();
    assertThat(next).isNotEqualTo(id);
    finished(next);

    Instant later = Instant.now().plusSeconds(90_000);
    assertThat(rows.begin(Ids.next(), ANN, "r1", new byte[32], later).id()).isNotEqualTo(id);
  }

  @Test
  void theAuditEntryHasAPseudonymWhoseKeyIsGone() throws Exception {
    String id = finished(start().erasures().forget(ANN, "r").id()).id();
    List<String> left = dump("erasures", "audit");
    assertThat(left).hasSize(2).noneMatch(it -> it.contains("ann") || it.contains("acme"));
    assertThat(left.get(1)).contains(id, "forget-me").containsPattern("[0-9a-f]{64}");
    assertThat(
            database.<Boolean>everywhere(handle ->
                handle
                    .select("select pseudonym_key is null from erasures")
                    .mapTo(Boolean.class)
                    .one()))
        .isTrue();
  }

  private ErasureProcess start() {
    ErasureProcess started = ErasureProcess.start(database, shelves);
    running.add(started);
    return started;
  }

  private List<String> dump(String... tables) {
    return database.everywhere(handle -> {
      List<String> all = new ArrayList<>();
      for (String table : tables) {
        all.addAll(handle.select("select t::text from " + table + " t").mapTo(String.class).list());
      }
      return all;
    });
  }

  private void talk(Owner owner, int times) {
    Instant now = Instant.now();
    for (int i = 0; i < times; i++) {
      String id = Ids.next();
      sessions.create(
          new SessionRecord(id, owner, "ada", "", "en", "t", "", "{}", now, now, 0, false));
      shelves.forEach(it -> it.keep(id));
    }
  }

  private Erasure finished(String id) throws InterruptedException {
    while (true) {
      Erasure erasure = rows.find(id).orElseThrow();
      if (erasure.isDone()) {
        return erasure;
      }
      Thread.sleep(50);
    }
  }
}
