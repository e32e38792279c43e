package dev.parley.orchestrator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way into a store that is away, or that is there and does not take everything. */
@Timeout(30)
class LaneTest {
  @TempDir Path folder;
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final Set<String> never = ConcurrentHashMap.newKeySet();
  private final AtomicInteger offers = new AtomicInteger();
  private volatile boolean away = true;
  private SpoolFolder place;
  private Lane lane;

  @BeforeEach
  void open() {
    place = SpoolFolder.open(folder);
    var room = new Room(1 << 20);
    lane = new Lane("store", place, room, new AtomicLong(), this::write, Duration.ofMillis(2));
  }

  @AfterEach
  void close() throws IOException {
    lane.close();
    place.close();
  }

  @Test
  void twoThatTheStoreNeverTakesDoNotStopTheOthersAndArePutAside() {
    never.addAll(List.of("1", "2"));
    put(1, 10);
    away = false;
    await(() -> taken.size() == 8);
    for (int i = 11; lane.isBehind(); i++) {
      put(i, i);
      String newest = "" + i;
      await(() -> taken.contains(newest));
    }
    assertThat(names(".refused")).hasSize(2);
    assertThat(names(".waits")).isEmpty();
  }

  @Test
  void manyThatTheStoreNeverTakesStopNobodyWhereverTheyStand() {
    never.addAll(List.of("1", "2", "3", "4", "7", "8", "12"));
    put(1, 12);
    away = false;
    await(() -> taken.size() == 5);
    put(13, 13);
    await(() -> taken.contains("13"));
    assertThat(taken).doesNotContainAnyElementsOf(never);
  }

  @Test
  void twoThatCannotBeReadDoNotStopTheOthersAndArePutAside() throws IOException {
    put(1, 10);
    List<Path> files = place.files();
    Files.delete(files.get(0));
    Files.delete(files.get(1));
    Files.createDirectory(files.get(1));
    away = false;
    await(() -> taken.size() == 8);
    for (int i = 11; lane.isBehind(); i++) {
      put(i, i);
      String newest = "" + i;
      await(() -> taken.contains(newest));
    }
    assertThat(names(".refused")).hasSize(1);
  }

  @Test
  void whileTheStoreIsAwayNothingIsPutAside() {
    put(1, 10);
    for (int until = 100; until <= 500; until += 100) {
      int enough = until;
      await(() -> offers.get() >= enough);
      put(10, 10);
    }
    assertThat(names(".refused")).isEmpty();
    assertThat(names(".waits")).hasSize(10);
    away = false;
    await(() -> !lane.isBehind());
    assertThat(taken).hasSize(10);
  }

  @Test
  void whatIsPutAsideStaysBesideWhatAnEarlierProcessPutAside() throws IOException {
    never.addAll(List.of("1", "2"));
    put(1, 2);
    for (Path file : place.files()) {
      Files.createFile(file.resolveSibling(file.getFileName() + ".refused"));
    }
    away = false;
    for (int i = 3; lane.isBehind(); i++) {
      put(i, i);
      String newest = "" + i;
      await(() -> taken.contains(newest));
    }
    assertThat(names(".refused")).hasSize(4);
  }

  private void write(Waiting what, byte[] bytes) {
    offers.incrementAndGet();
    if (away || never.contains(what.key())) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "it is not there");
    }
    taken.add(what.key());
  }

  /** Those numbers, through the lane as a store does that is behind. */
  private void put(int from, int to) {
    for (int i = from; i <= to; i++) {
      Waiting what = new Waiting("turn", "" + i, "s1", "");
      byte[] bytes = {(byte) i};
      lane.put(what, bytes, () -> write(what, bytes));
    }
  }

  private List<String> names(String ending) {
    try (var all = Files.walk(folder)) {
      return all.map(Path::toString).filter(it -> it.endsWith(ending)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier done) {
    while (!done.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(1_000_000);
    }
  }
}
