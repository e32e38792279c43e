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
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuditLogTest {
  private static final String NEVER = "never";

  /** Keeps what is appended once it is let; is away before, and refuses one kind for good. */
  private static final class Shelf implements AuditStore {
    private final List<Deed> kept = new ArrayList<>();
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean away;
    private volatile RuntimeException refusal = Failure.of(Failure.Code.INTERNAL, "INTERNAL", "no");

    @Override
    public synchronized void append(List<Deed> deeds) {
      tried.countDown();
      if (away) {
        throw Failure.unavailable("away", Duration.ZERO);
      }
      if (deeds.stream().anyMatch(it -> it.targetKind().equals(NEVER))) {
        throw refusal;
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

  @Test
  void whatTheStoreRefusesForGoodIsDroppedCountedAndToldAndStopsNothing() {
    for (RuntimeException refusal :
        List.of(
            Failure.of(Failure.Code.INTERNAL, "INTERNAL", "no"),
            Failure.of(Failure.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", "no"),
            new IllegalStateException("no"))) {
      Shelf refusing = new Shelf();
      refusing.refusal = refusal;
      refusing.away = true;
      var log = new AuditLog(refusing);
      log.add(deed("other", 1));
      log.add(deed("acme", 2));
      log.add(never("acme"));
      log.add(deed("acme", 3));
      refusing.away = false;
      log.add(never("other"));
      log.add(deed("acme", 4));
      log.close();
      assertThat(log.lost()).isEqualTo(2);
      assertThat(refusing.kept)
          .filteredOn(it -> !it.organisationId().isEmpty())
          .containsExactlyInAnyOrder(
              deed("other", 1), deed("acme", 2), deed("acme", 3), deed("acme", 4));
      assertThat(refusing.kept)
          .filteredOn(it -> it.organisationId().equals("acme"))
          .extracting(Deed::requestId)
          .containsExactly("r2", "r3", "r4");
    }
  }

  @Test
  void whatWasRefusedIsToldAsAGap() throws Exception {
    try (var log = new AuditLog(shelf)) {
      log.add(never("acme"));
      while (log.lost() == 0) {
        Thread.sleep(1);
      }
      log.add(deed("acme", 1));
    }
    assertThat(shelf.kept)
        .filteredOn(it -> it.action().equals("audit_gap"))
        .extracting(Deed::targetId)
        .containsExactly("1");
  }

  @Test
  void textsOfADeedAreSuchAsCanBeKept() {
    var deed =
        new Deed(
            Instant.EPOCH, "a\0", "b\0", "c\0", "d\0", "x\0y\uD800z", "e\0", "\uDC00\uD83D\uDE00");
    assertThat(deed)
        .isEqualTo(
            new Deed(
                Instant.EPOCH,
                "a\uFFFD",
                "b\uFFFD",
                "c\uFFFD",
                "d\uFFFD",
                "x\uFFFDy\uFFFDz",
                "e\uFFFD",
                "\uFFFD\uD83D\uDE00"));
  }

  private static Deed never(String organisation) {
    return new Deed(Instant.EPOCH, organisation, "ann", "did", NEVER, "", Deed.DONE, "r");
  }

  private static Deed deed(String organisation, int number) {
    return new Deed(
        Instant.EPOCH, organisation, "ann", "did " + number, "", "", Deed.DONE, "r" + number);
  }
}
