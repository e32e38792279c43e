package dev.parley.orchestrator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Attempts.Rule RULE =
      new Attempts.Rule(3, Duration.ofSeconds(10), Duration.ofSeconds(35), Duration.ofHours(1));

  @Test
  void theFirstFailuresAreFreeAndThenEachCostsTwiceTheOneBeforeUpToAnEnd() {
    Attempts kept = Attempts.NONE;
    long[] waits = {0, 0, 10, 20, 35, 35};
    for (long wait : waits) {
      kept = RULE.next(kept, NOW);
      assertThat(kept.refused(NOW)).hasSeconds(wait);
    }
  }

  @Test
  void whatWasLongAgoIsForgotten() {
    Attempts kept = Attempts.NONE;
    for (int i = 0; i < 5; i++) {
      kept = RULE.next(kept, NOW);
    }
    Instant later = NOW.plus(Duration.ofHours(1)).plusSeconds(1);
    assertThat(RULE.next(kept, later)).isEqualTo(RULE.next(Attempts.NONE, later));
  }

  @Test
  void afterManyFailuresTheWaitIsTheLongestAndNoOverflow() {
    Attempts many = new Attempts(Integer.MAX_VALUE - 1, NOW, java.util.Optional.empty());
    assertThat(RULE.next(many, NOW).refused(NOW)).hasSeconds(35);
  }

  @Test
  void whatSucceededDoesNotCount() {
    Attempts three = RULE.next(RULE.next(RULE.next(Attempts.NONE, NOW), NOW), NOW);
    assertThat(three.without().refused(NOW)).isZero();
    assertThat(three.without().failures()).isEqualTo(2);
    assertThat(Attempts.NONE.without().failures()).isZero();
  }
}
