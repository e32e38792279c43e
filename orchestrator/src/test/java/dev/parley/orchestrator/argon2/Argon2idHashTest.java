package dev.parley.orchestrator.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class Argon2idHashTest {
  private final Argon2idHash hash = new Argon2idHash(2);

  /** From the tests of the reference implementation (P-H-C/phc-winner-argon2, src/test.c). */
  @Test
  void readsWhatTheReferenceImplementationWrote() {
    String written =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(hash.fits("password", written)).isTrue();
    assertThat(hash.fits("Password", written)).isFalse();
  }

  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    String one = hash.hash("correct horse");
    String other = hash.hash("correct horse");
    assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
    assertThat(hash.fits("correct horse", one)).isTrue();
    assertThat(hash.fits("correct horse", other)).isTrue();
    assertThat(hash.fits("correct house", one)).isFalse();
  }

  @Test
  void nobodysHashIsOfTheUsualCostAndFitsNothing() {
    String nobodys = hash.nobodys();
    assertThat(nobodys).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(nobodys).isNotEqualTo(hash.nobodys()).hasSameSizeAs(hash.hash("a"));
    assertThat(hash.isOutdated(nobodys)).isFalse();
    assertThat(hash.fits("", nobodys)).isFalse();
  }

  @Test
  void aHashOfLessCostIsOutdatedAndOfMoreIsNot() {
    Argon2idHash cheap = new Argon2idHash(new Argon2idHash.Cost(64, 1, 1), 1);
    Argon2idHash dear = new Argon2idHash(new Argon2idHash.Cost(20_000, 3, 1), 1);
    assertThat(hash.isOutdated(cheap.hash("a"))).isTrue();
    assertThat(hash.isOutdated(dear.hash("a"))).isFalse();
    assertThat(hash.fits("a", cheap.hash("a"))).isTrue();
  }

  @Test
  void aHashThatWouldTakeAllMemoryIsNotComputed() {
    String bomb = "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5Q";
    assertThatThrownBy(() -> hash.fits("a", bomb)).isInstanceOf(IllegalStateException.class);
  }
}
