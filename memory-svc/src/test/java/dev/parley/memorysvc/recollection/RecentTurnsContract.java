package dev.parley.memorysvc.recollection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every keeper of recent turns does. */
public abstract class RecentTurnsContract {
  protected static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");

  protected RecentTurns recent;

  /** A new, empty keeper. */
  protected abstract RecentTurns open();

  @BeforeEach
  void openRecent() {
    recent = open();
  }

  @AfterEach
  void closeRecent() {
    recent.close();
  }

  @Test
  void theLastTurnsComeOldestFirst() {
    for (int i = 1; i <= 5; i++) {
      recent.append(ANN, turn("t" + i, "s1", "ada", i), 20);
    }
    assertThat(recent.last(ANN, "s1", 3))
        .extracting(RememberedTurn::turnId)
        .containsExactly("t3", "t4", "t5");
    assertThat(recent.last(ANN, "s1", 100)).hasSize(5);
  }

  @Test
  void whatIsListedIsWhatWasAppended() {
    RememberedTurn turn =
        new RememberedTurn(
            "t:1 {x}",
            "s 1:{y}",
            "ada",
            "Grüße \uD83D\uDE00\n",
            "",
            Instant.ofEpochSecond(7, 1000));
    recent.append(ANN, turn, 20);
    assertThat(recent.last(ANN, "s 1:{y}", 1)).containsExactly(turn);
  }

  @Test
  void theSameTurnTwiceIsKeptOnceWithTheLastWords() {
    recent.append(ANN, turn("t1", "s1", "ada", 1), 20);
    RememberedTurn again =
        new RememberedTurn("t1", "s1", "ada", "other words", "Yes", Instant.ofEpochSecond(1));
    recent.append(ANN, again, 20);
    assertThat(recent.last(ANN, "s1", 10)).containsExactly(again);
  }

  @Test
  void onlySoManyAreKept() {
    for (int i = 1; i <= 5; i++) {
      recent.append(ANN, turn("t" + i, "s1", "ada", i), 2);
    }
    assertThat(recent.last(ANN, "s1", 100))
        .extracting(RememberedTurn::turnId)
        .containsExactly("t4", "t5");
  }

  @Test
  void nobodySeesOrRemovesTheTurnsOfAnother() {
    recent.append(ANN, turn("t1", "s1", "ada", 1), 20);
    assertThat(recent.last(BOB, "s1", 10)).isEmpty();
    assertThat(recent.remove(Scope.of(BOB))).isZero();
    assertThat(recent.remove(Scope.of(BOB).in("s1"))).isZero();
    assertThat(recent.last(ANN, "s1", 10)).hasSize(1);
  }

  @Test
  void forgettingFollowsTheScope() {
    recent.append(ANN, turn("t1", "s1", "ada", 1), 20);
    recent.append(ANN, turn("t2", "s1", "ada", 2), 20);
    recent.append(ANN, turn("t3", "s2", "ada", 3), 20);
    recent.append(ANN, turn("t4", "s3", "ben", 4), 20);

    assertThat(recent.remove(Scope.of(ANN).only(Set.of(MemoryId.of(ANN, "t1"))))).isEqualTo(1);
    assertThat(ids("s1")).containsExactly("t2");
    assertThat(recent.remove(Scope.of(ANN).in("s2"))).isEqualTo(1);
    assertThat(ids("s2")).isEmpty();
    assertThat(recent.remove(Scope.of(ANN).with("ben"))).isEqualTo(1);
    assertThat(ids("s3")).isEmpty();
    assertThat(recent.remove(Scope.of(ANN))).isEqualTo(1);
    assertThat(ids("s1")).isEmpty();
  }

  private List<String> ids(String session) {
    return recent.last(ANN, session, 100).stream().map(RememberedTurn::turnId).toList();
  }

  protected static RememberedTurn turn(String id, String session, String character, long second) {
    Instant time = Instant.ofEpochSecond(1_795_000_000 + second);
    return new RememberedTurn(id, session, character, "said " + id, "answered " + id, time);
  }
}
