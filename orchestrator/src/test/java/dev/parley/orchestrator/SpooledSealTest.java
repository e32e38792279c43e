package dev.parley.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnState;
import dev.parley.orchestrator.identity.Seal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpooledSealTest {
  private static final TurnRecord TURN =
      new TurnRecord(
          "t1",
          Owner.LOCAL,
          "s1",
          "ada",
          TurnState.COMPLETED,
          "Who keeps the harbour?",
          false,
          "I do",
          "",
          List.of(),
          List.of(),
          Duration.ZERO,
          Instant.EPOCH,
          Optional.of(Instant.EPOCH),
          Optional.empty(),
          "");

  private static Seal seal(int with) {
    byte[] key = new byte[Seal.KEY_BYTES];
    Arrays.fill(key, (byte) with);
    return new Seal(key);
  }

  @Test
  void aTurnThatWaitsIsSealedWhereThereIsAKeyAndReadWithAnyOfThem() {
    String sealed = new SpooledSeal(List.of(seal(1))).write(TURN);
    assertThat(sealed).doesNotContain("harbour");
    assertThat(new SpooledSeal(List.of(seal(2), seal(1))).read(sealed)).isEqualTo(TURN);
    for (List<Seal> wrong : List.of(List.<Seal>of(), List.of(seal(2)))) {
      assertThatThrownBy(() -> new SpooledSeal(wrong).read(sealed))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("orchestrator.transcript-key-file");
    }
  }

  @Test
  void withoutAKeyItIsAsItWasAndSoIsWhatWaitedBefore() {
    String plain = new SpooledSeal(List.of()).write(TURN);
    assertThat(plain).contains("harbour");
    assertThat(new SpooledSeal(List.of(seal(1))).read(plain)).isEqualTo(TURN);
  }
}
