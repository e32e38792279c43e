package dev.parley.kit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Something that goes away and comes back. */
@Timeout(20)
class OutageTest {
  private static final Failure GONE = Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "gone");

  private final AtomicInteger steps = new AtomicInteger();
  private final CountDownLatch back = new CountDownLatch(1);
  private volatile boolean there = true;
  private final Outage outage = new Outage("it", this::probe);

  @AfterEach
  void close() {
    outage.close();
  }

  @Test
  void whoComesWhileItIsAwayIsRefusedAtOnceAndNobodyAsksIt() {
    there = false;
    refused();
    for (int i = 0; i < 1000; i++) {
      refused();
    }
    assertThat(steps).hasValue(1);
    assertThat(outage.isOn()).isTrue();
  }

  @Test
  void whenItIsBackEverybodyIsLetThroughAgain() throws Exception {
    there = false;
    refused();
    there = true;
    back.await();
    while (outage.isOn()) {
      Thread.onSpinWait();
    }
    assertThat(step()).isEqualTo("done");
  }

  @Test
  void aFailureThatIsNotItsAbsenceRefusesNobodyElse() {
    assertThatThrownBy(() ->
            outage.run(
                () -> {
                  throw GONE;
                },
                _ -> false))
        .isSameAs(GONE);
    assertThat(step()).isEqualTo("done");
  }

  private void refused() {
    assertThatThrownBy(this::step).isSameAs(GONE);
  }

  private String step() {
    return outage.run(
        () -> {
          steps.incrementAndGet();
          if (!there) {
            throw GONE;
          }
          return "done";
        },
        _ -> true);
  }

  private void probe() {
    if (!there) {
      throw GONE;
    }
    back.countDown();
  }
}
