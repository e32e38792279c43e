package dev.parley.orchestrator.identity.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Plans, over counts in memory and a clock set by hand. */
class MeterTest {
  private static final Plan SMALL = new Plan("small", 2, 1, 2, 1000, 5);

  private final InMemoryUsage store = new InMemoryUsage();
  private final Map<Metered, Long> held = new HashMap<>();
  private Instant now = Instant.parse("2026-11-30T23:59:00Z");
  private Plan plan = SMALL;
  private final Meter meter = meter();

  private Meter meter() {
    return new Meter(store, store, _ -> plan, _ -> Map.copyOf(held), () -> now);
  }

  @Test
  void aCallTooManyIsRefusedWithWhenItBeginsAnew() {
    for (int i = 0; i < 5; i++) {
      meter.admit("acme", Cost.READ);
    }
    refused(() -> meter.admit("acme", Cost.READ), "calls");
    assertThatThrownBy(() -> meter.admit("acme", Cost.WRITE))
        .isInstanceOfSatisfying(
            Failure.class,
            it -> {
              assertThat(it.retryAfter()).contains(Duration.ofMinutes(1));
              assertThat(it.metadata())
                  .containsEntry("reset_time", "2026-12-01T00:00:00Z")
                  .containsEntry("limit", "5")
                  .containsEntry("subject", "organisations/acme");
            });
    assertThatCode(() -> meter.admit("acme", Cost.FREE)).doesNotThrowAnyException();
    assertThatCode(() -> meter.admit("other", Cost.READ)).doesNotThrowAnyException();
  }

  @Test
  void aNewMonthBeginsWithNothing() {
    for (int i = 0; i < 5; i++) {
      meter.admit("acme", Cost.READ);
    }
    now = now.plusSeconds(60);
    assertThatCode(() -> meter.admit("acme", Cost.READ)).doesNotThrowAnyException();
    meter.share();
    assertThat(meter.usage("acme").calls()).isEqualTo(1);
    assertThat(meter.usage("acme").resetTime()).isEqualTo("2027-01-01T00:00:00Z");
  }

  @Test
  void turnsAndSpeechCountWhenTheyAreOverAndTurnsAreNoCalls() {
    for (int i = 0; i < 100; i++) {
      meter.admit("acme", Cost.TURN);
    }
    meter.count("acme", Metered.TURNS, 2);
    refused(() -> meter.admit("acme", Cost.TURN), "turns");
    assertThatCode(() -> meter.admit("acme", Cost.SPEECH)).doesNotThrowAnyException();
    meter.count("acme", Metered.SPEECH_MS, 60_000);
    refused(() -> meter.check("acme", Cost.SPEECH), "minutes of speech: all 1");
    assertThat(meter.usage("acme").calls()).isZero();
  }

  @Test
  void whatIsKeptIsCountedWhereItIsKeptAndEndsByDeletingOnly() {
    held.put(Metered.DOCUMENTS, 1L);
    meter.admit("acme", Cost.UPLOAD);
    assertThatThrownBy(() -> meter.admit("acme", Cost.UPLOAD))
        .isInstanceOfSatisfying(Failure.class, it -> assertThat(it.retryAfter()).isEmpty())
        .hasMessageContaining("documents");
    held.put(Metered.DOCUMENTS, 0L);
    held.put(Metered.BYTES, 1000L);
    now = now.plus(Stock.AGE).plusSeconds(1);
    refused(() -> meter.admit("acme", Cost.UPLOAD), "bytes");
  }

  @Test
  void severalProcessesShareTheirCounts() {
    Meter other = meter();
    meter.admit("acme", Cost.READ);
    meter.admit("acme", Cost.READ);
    other.admit("acme", Cost.READ);
    meter.share();
    other.share();
    meter.share();
    assertThat(meter.usage("acme").calls()).isEqualTo(3);
    other.admit("acme", Cost.READ);
    other.admit("acme", Cost.READ);
    refused(() -> other.admit("acme", Cost.READ), "calls");
  }

  @Test
  void whileTheStoreIsAwayCallsGoOnAndNothingIsLost() {
    store.away = true;
    meter.admit("acme", Cost.READ);
    assertThatThrownBy(meter::share).isInstanceOf(Failure.class);
    meter.admit("acme", Cost.READ);
    assertThatThrownBy(meter::share).isInstanceOf(Failure.class);
    store.away = false;
    assertThat(meter.usage("acme").calls()).isEqualTo(2);
  }

  @Test
  void aPlanWithoutLimitsRefusesNothingAndIsCountedAllTheSame() {
    plan = Plan.LOCAL;
    for (int i = 0; i < 50; i++) {
      meter.admit("local", Cost.WRITE);
    }
    assertThat(meter.usage("local").calls()).isEqualTo(50);
  }

  @Test
  void countsAreSavedWhenTheyChanged() {
    meter.admit("acme", Cost.READ);
    meter.share();
    meter.save();
    assertThat(store.find("acme", "2026-11").orElseThrow())
        .isEqualTo(new Count(Map.of(Metered.CALLS, 1L), now));
    Instant then = now;
    now = now.plusSeconds(10);
    meter.save();
    assertThat(store.find("acme", "2026-11").orElseThrow().time()).isEqualTo(then);
  }

  private static void refused(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("QUOTA_EXCEEDED"))
        .hasMessageContaining(what);
  }
}
