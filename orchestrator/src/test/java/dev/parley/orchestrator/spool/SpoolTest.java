package dev.parley.orchestrator.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.postgres.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that go away and come back, and what waits for them meanwhile. */
@Timeout(30)
class SpoolTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final byte[] VOICE = {1, 2, 3, 4, 5};

  @TempDir Path folder;
  private final AwayStores stores = new AwayStores();
  private Optional<Spool> open = Optional.empty();

  @AfterEach
  void close() {
    open.ifPresent(Spool::close);
  }

  @Test
  void whatComesWhileTheStoresAreAwayIsThereWhenTheyAreBack() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    for (int i = 0; i < 20; i++) {
      spool.media().put("sessions/acme/s1/t" + i + "/audio.wav", VOICE, "audio/wav");
      spool.turns().save(turn("t" + i, "s1", TurnState.COMPLETED));
    }
    assertThat(spool.turns().isBehind()).isTrue();
    assertThat(stores.turns).isEmpty();
    stores.away = false;
    await(() -> spool.waiting() == 0);
    assertThat(stores.turns).hasSize(20).containsEntry("t7", turn("t7", "s1", TurnState.COMPLETED));
    assertThat(stores.media).hasSize(20).containsEntry("sessions/acme/s1/t7/audio.wav", VOICE);
    assertThat(spool.turns().isBehind()).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void nobodyWaitsForAStoreThatIsKnownToBeAway() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.turns().save(turn("t0", "s1", TurnState.COMPLETED));
    stores.callers.clear();
    for (int i = 1; i < 50; i++) {
      spool.turns().save(turn("t" + i, "s1", TurnState.COMPLETED));
    }
    assertThat(stores.callers).doesNotContain(Thread.currentThread().threadId());
  }

  @Test
  void whatWaitsCanBeReadAndWhatComesLaterTakesItsPlace() throws Exception {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.turns().save(turn("t1", "s1", TurnState.RUNNING));
    spool.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    spool.media().put("sessions/acme/s1/t1/audio.wav", VOICE, "audio/wav");
    assertThat(files()).hasSize(2);
    assertThat(spool.turns().find(ANN, "t1").orElseThrow().state()).isEqualTo(TurnState.COMPLETED);
    assertThat(spool.turns().findByRequest(ANN, "request of t1")).isPresent();
    var stranger = new Owner("other", "olga");
    stores.away = false;
    assertThat(spool.turns().find(stranger, "t1")).isEmpty();
    assertThat(spool.media().stat("sessions/acme/s1/t1/audio.wav").orElseThrow().size())
        .isEqualTo(5);
    try (var in = spool.media().read("sessions/acme/s1/t1/audio.wav", 1, 3)) {
      assertThat(in.readAllBytes()).containsExactly(2, 3, 4);
    }
  }

  @Test
  void whatWaitsOutlivesTheProcess() {
    stores.away = true;
    Spool first = spool(1 << 20);
    first.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    first.media().put("sessions/acme/s1/t1/audio.wav", VOICE, "audio/wav");
    first.close();
    stores.away = false;
    Spool next = spool(1 << 20);
    await(() -> next.waiting() == 0);
    assertThat(stores.turns).containsKey("t1");
    assertThat(stores.media).containsKey("sessions/acme/s1/t1/audio.wav");
  }

  @Test
  void whatAProcessLeftThatNeverComesBackIsTakenOnByWhoeverStartsNext() {
    stores.away = true;
    Spool one = spool(1 << 20);
    one.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    try (Spool other = made(1 << 20)) {
      other.turns().save(turn("t2", "s2", TurnState.COMPLETED));
      other.turns().save(turn("t3", "s2", TurnState.COMPLETED));
    }
    one.close();
    stores.away = false;
    Spool next = spool(1 << 20);
    await(() -> next.waiting() == 0);
    assertThat(stores.turns).containsOnlyKeys("t1", "t2", "t3");
  }

  @Test
  void twoProcessesOfOneMachineDoNotTakeEachOthers() {
    stores.away = true;
    Spool one = spool(1 << 20);
    one.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    try (Spool other = made(1 << 20)) {
      assertThat(other.waiting()).isZero();
      assertThat(other.turns().isBehind()).isFalse();
    }
  }

  @Test
  void beyondItsBoundNoNewTurnBeginsAndThoseThatRunAreStillTaken() {
    Spool spool = spool(2_000);
    stores.away = true;
    int begun = 0;
    while (hasRoom(spool)) {
      spool.turns().save(turn("t" + begun++, "s1", TurnState.COMPLETED));
    }
    assertThat(begun).isBetween(2, 20);
    assertThatThrownBy(() -> spool.turns().mustHaveRoom())
        .isInstanceOfSatisfying(
            Failure.class,
            it -> {
              assertThat(it.reason()).isEqualTo("STORE_FAILED");
              assertThat(it.retryAfter()).contains(Duration.ofSeconds(5));
            });
    spool.turns().save(turn("running", "s1", TurnState.COMPLETED));
    stores.away = false;
    await(() -> spool.waiting() == 0);
    assertThat(stores.turns).hasSize(begun + 1).containsKey("running");
    spool.turns().mustHaveRoom();
  }

  @Test
  void aDamagedFileIsPutAsideAndTheRestIsGoneOnWith() throws Exception {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    spool.close();
    Files.writeString(folder.resolve("0/0000000000000000.waits"), "damaged");
    Files.writeString(folder.resolve("0/notes.waits"), "somebody's");
    stores.away = false;
    Spool next = spool(1 << 20);
    await(() -> next.waiting() == 0);
    assertThat(stores.turns).containsOnlyKeys("t1");
    try (var all = Files.walk(folder)) {
      assertThat(all.map(Path::toString)).anyMatch(it -> it.endsWith(".refused"));
    }
  }

  @Test
  void whatIsOverIsNotReplacedByWhatItWasBefore() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    spool.turns().save(turn("t1", "s1", TurnState.QUEUED));
    stores.away = false;
    await(() -> spool.waiting() == 0);
    assertThat(stores.turns.get("t1").state()).isEqualTo(TurnState.COMPLETED);
  }

  @Test
  void aTurnThatItsStoreNeverTakesHoldsUpNobodyAndIsPutAside() throws Exception {
    Spool spool = spool(1 << 20);
    stores.refused = "poison";
    stores.away = true;
    spool.turns().save(turn("poison", "s1", TurnState.COMPLETED));
    spool.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    stores.away = false;
    await(() -> stores.turns.containsKey("t1"));
    for (int i = 2; spool.turns().isBehind(); i++) {
      spool.turns().save(turn("t" + i, "s1", TurnState.COMPLETED));
      Thread.sleep(5);
    }
    assertThat(stores.turns).doesNotContainKey("poison").containsKey("t2");
    try (var all = Files.walk(folder)) {
      assertThat(all.map(Path::toString)).anyMatch(it -> it.endsWith(".refused"));
    }
  }

  @Test
  void aTurnOfASessionThatWasRemovedMeanwhileIsNotWrittenNorItsMedia() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.media().put("sessions/acme/gone/t1/audio.wav", VOICE, "audio/wav");
    spool.turns().save(turn("t1", "gone", TurnState.COMPLETED));
    spool.turns().save(turn("t2", "s1", TurnState.COMPLETED));
    stores.sessions = Set.of("s1");
    stores.away = false;
    await(() -> spool.waiting() == 0);
    assertThat(stores.turns).containsOnlyKeys("t2");
    assertThat(stores.deleted).contains("sessions/acme/gone/");
  }

  @Test
  void theSameRequestOfTwoPeopleIsTwoRequests() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    var olga = new Owner("other", "olga");
    spool.turns().save(turn(olga, "t1", "s1", TurnState.COMPLETED, "1"));
    spool.turns().save(turn(ANN, "t2", "s2", TurnState.COMPLETED, "1"));
    assertThat(spool.turns().findByRequest(ANN, "1").orElseThrow().id()).isEqualTo("t2");
    assertThat(spool.turns().findByRequest(olga, "1").orElseThrow().id()).isEqualTo("t1");
  }

  @Test
  void whoIsForgottenHasNothingWaiting() {
    Spool spool = spool(1 << 20);
    stores.away = true;
    spool.turns().save(turn("t1", "s1", TurnState.COMPLETED));
    spool.media().put("sessions/acme/s1/t1/audio.wav", VOICE, "audio/wav");
    spool.turns().save(turn("t2", "s2", TurnState.COMPLETED));
    assertThat(spool.erase(ANN, Set.of("s1")).getFirst().count()).isEqualTo(2);
    stores.away = false;
    await(() -> spool.waiting() == 0);
    assertThat(stores.turns).containsOnlyKeys("t2");
    assertThat(stores.media).isEmpty();
  }

  private static boolean hasRoom(Spool spool) {
    try {
      spool.turns().mustHaveRoom();
      return true;
    } catch (Failure full) {
      return false;
    }
  }

  private Spool spool(long mostBytes) {
    Spool made = made(mostBytes);
    open = Optional.of(made);
    return made;
  }

  private Spool made(long mostBytes) {
    return Spool.open(
        folder,
        mostBytes,
        stores.turnStore(),
        stores.mediaStore(),
        stores.sessionStore(),
        Json::write,
        it -> Json.read(it, TurnRecord.class));
  }

  private List<Path> files() {
    return IntStream.range(0, 64)
        .mapToObj(it -> folder.resolve("" + it))
        .filter(Files::exists)
        .flatMap(SpoolTest::list)
        .filter(it -> it.toString().endsWith(".waits"))
        .toList();
  }

  private static java.util.stream.Stream<Path> list(Path folder) {
    try {
      return Files.list(folder);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private static TurnRecord turn(String id, String sessionId, TurnState state) {
    return turn(ANN, id, sessionId, state, "request of " + id);
  }

  private static TurnRecord turn(
      Owner owner, String id, String sessionId, TurnState state, String requestId) {
    return new TurnRecord(
        id,
        owner,
        sessionId,
        "ada",
        state,
        "What is a lighthouse?",
        false,
        "A tower with a lamp.",
        "",
        List.of(),
        List.of(),
        Duration.ofMillis(1500),
        Instant.parse("2026-11-21T13:45:00Z"),
        Optional.of(Instant.parse("2026-11-21T13:45:02Z")),
        Optional.empty(),
        requestId);
  }
}
