package dev.parley.memorysvc.recollection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MemoryIdTest {
  private static final Owner ANN = new Owner("acme", "ann");

  @Test
  void isAUuidOfVersionSevenAtTheTimeOfTheTurn() {
    String turn = Ids.next();
    UUID id = UUID.fromString(MemoryId.of(ANN, turn));
    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.toString().substring(0, 13)).isEqualTo(turn.substring(0, 13));
  }

  @Test
  void isTheSameForTheSameTurnAndAnotherForAnyOther() {
    assertThat(MemoryId.of(ANN, "t1")).isEqualTo(MemoryId.of(ANN, "t1"));
    assertThat(MemoryId.of(ANN, "t1")).isNotEqualTo(MemoryId.of(ANN, "t2"));
    assertThat(MemoryId.of(new Owner("a", "bc"), "t"))
        .isNotEqualTo(MemoryId.of(new Owner("ab", "c"), "t"));
  }
}
