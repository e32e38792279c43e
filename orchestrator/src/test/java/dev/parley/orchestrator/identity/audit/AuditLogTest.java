package dev.parley.orchestrator.identity.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  /** Keeps what is appended once it is let; is away before. */
  private static final class Shelf implements AuditStore {
    private final List<Deed> kept = new ArrayList<>();
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean away;

    @Override
    public synchronized void append(List<Deed> deeds) {
      tried.countDown();
      if (away) {
        throw Failure.unavailable("away", Duration.ZERO);
      }
      kept.addAll(deeds);
    }

    @Override
    public List<Entry> list(String organisationId, String action, long below, int size) {
      return List.of();
    }

    @Override
    public Chain.Verdict verify(String organisationId) {
      return new Chain.Verdict(true, 0, 0, Entry.FIRST);
    }

    @Override
    public Map<String, String> people(String organisationId, Collection<String> pseudonyms) {
      return Map.of();
    }

    @Override
    public int destroyKey(String organisationId, String personId) {
      return 0;
    }
  }

  private final Shelf shelf = new Shelf();

  @Test
  void closingWritesAllThatWasTakenInItsOrder() {
    List<Deed> deeds = new ArrayList<>();
    try (var log = new AuditLog(shelf)) {
      for (int i = 0; i < 2000; i++) {
        deeds.add(deed("acme", i));
        log.add(deeds.getLast());
      }
    }
    assertThat(shelf.kept).isEqualTo(deeds);
  }

  @Test
  void whileTheStoreIsAwayDeedsWaitAndNobodyWaitsForThem() throws Exception {
    shelf.away = true;
    try (var log = new AuditLog(shelf)) {
      log.add(deed("acme", 1));
      shelf.tried.await();
      log.add(deed("acme", 2));
      shelf.away = false;
    }
    assertThat(shelf.kept).containsExactly(deed("acme", 1), deed("acme", 2));
  }

  @Test
  void whatFoundNoRoomIsCountedAndTold() throws Exception {
    shelf.away = true;
    var log = new AuditLog(shelf, 3);
    log.add(deed("acme", 0));
    shelf.tried.await();
    for (int i = 1; i <= 10; i++) {
      log.add(deed("acme", i));
    }
    assertThat(log.lost()).isEqualTo(7);
    shelf.away = false;
    log.close();
    assertThat(shelf.kept).hasSize(5);
    assertThat(shelf.kept.getLast())
        .matches(it -> it.action().equals("audit_gap") && it.targetId().equals("7"));
  }

  @Test
  void whoIsNobodyCannotFillTheLog() {
    try (var log = new AuditLog(shelf)) {
      for (int i = 0; i < 5000; i++) {
        log.add(deed("", i));
      }
      log.add(deed("acme", 1));
    }
    assertThat(shelf.kept).contains(deed("acme", 1)).hasSizeLessThan(1000);
  }

  private static Deed deed(String organisation, int number) {
    return new Deed(
        Instant.EPOCH, organisation, "ann", "did " + number, "", "", Deed.DONE, "r" + number);
  }
}
