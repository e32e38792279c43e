package dev.parley.kit.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {
  private static final Retry QUICK =
      new Retry(Duration.ofNanos(1), Duration.ofNanos(1), Duration.ofSeconds(30));
  private final AtomicInteger tries = new AtomicInteger();

  @Test
  void givesWhatALaterTryGave() {
    assertThat(QUICK.run(() -> failing(2), e -> true)).isEqualTo("done");
    assertThat(tries).hasValue(3);
  }

  @Test
  void aFailureThatDoesNotPassIsThrownAtOnce() {
    assertThatThrownBy(() -> QUICK.run(() -> failing(9), e -> false)).hasMessage("1");
  }

  @Test
  void theLastFailureIsThrownWhenTheTimeIsUp() {
    var never = new Retry(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO);
    assertThatThrownBy(() -> never.run(() -> failing(9), e -> true)).hasMessage("1");
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> QUICK.run(() -> failing(9), e -> true)).hasMessage("1");
    assertThat(Thread.interrupted()).isTrue();
  }

  private String failing(int times) {
    if (tries.incrementAndGet() <= times) {
      throw new IllegalStateException(tries.toString());
    }
    return "done";
  }
}
