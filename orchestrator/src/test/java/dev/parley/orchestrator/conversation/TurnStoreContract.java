package dev.parley.orchestrator.conversation;

import static dev.parley.orchestrator.conversation.Kept.ELSEWHERE;
import static dev.parley.orchestrator.conversation.Kept.NOW;
import static dev.parley.orchestrator.conversation.Kept.OTHER;
import static dev.parley.orchestrator.conversation.Kept.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.identity.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of turns does. */
public abstract class TurnStoreContract {
  /** An empty store. */
  protected abstract TurnStore turns();

  @Test
  void keepsEverythingOfATurnAndLeavesItOnceItIsOver() {
    turns().save(turn("t1", TurnState.RUNNING, 0, "r1"));
    TurnRecord over = turn("t1", TurnState.INTERRUPTED, 0, "r1");
    turns().save(over);
    turns().save(turn("t1", TurnState.RUNNING, 0, "r1"));
    assertThat(turns().find(Owner.LOCAL, "t1")).contains(over);
    assertThat(turns().findByRequest(Owner.LOCAL, "r1")).contains(over);
  }

  @Test
  void ownersSeeTheirOwnOnly() {
    turns().save(turn("t1", TurnState.COMPLETED, 0, "r1"));
    for (Owner stranger : List.of(OTHER, ELSEWHERE)) {
      assertThat(turns().find(stranger, "t1")).isEmpty();
      assertThat(turns().findByRequest(stranger, "r1")).isEmpty();
      assertThat(turns().list(stranger, "s1", 10, "").items()).isEmpty();
      assertThat(turns().last(stranger, "s1", 10)).isEmpty();
    }
    TurnRecord others = turn(OTHER, "t2", TurnState.COMPLETED, 0, "r1");
    turns().save(others);
    assertThat(turns().findByRequest(OTHER, "r1")).contains(others);
  }

  @Test
  void listsOldestFirstInPagesAndTheLastThatAreOver() {
    for (int i = 0; i < 4; i++) {
      turns().save(turn("t" + i, i == 3 ? TurnState.RUNNING : TurnState.COMPLETED, i, ""));
    }
    var page = turns().list(Owner.LOCAL, "s1", 3, "");
    assertThat(page.items()).extracting(TurnRecord::id).containsExactly("t0", "t1", "t2");
    assertThat(turns().list(Owner.LOCAL, "s1", 3, page.nextToken()).items())
        .extracting(TurnRecord::id)
        .containsExactly("t3");
    assertThat(turns().last(Owner.LOCAL, "s1", 2))
        .extracting(TurnRecord::id)
        .containsExactly("t1", "t2");
  }

  @Test
  void failsWhatACrashLeftUnfinished() {
    turns().save(turn("t1", TurnState.QUEUED, 0, ""));
    turns().save(turn("t2", TurnState.RUNNING, 1, ""));
    TurnRecord over = turn("t3", TurnState.COMPLETED, 2, "");
    turns().save(over);
    assertThat(turns().failUnfinished(NOW, "local/s1"::equals)).isZero();
    assertThat(turns().failUnfinished(NOW, _ -> false)).isEqualTo(2);
    assertThat(turns().find(Owner.LOCAL, "t2").orElseThrow().state()).isEqualTo(TurnState.FAILED);
    assertThat(turns().find(Owner.LOCAL, "t3")).contains(over);
    assertThat(turns().failUnfinished(NOW, _ -> false)).isZero();
  }
}
