package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NotedRecollectionTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Notes LISBON =
      new Notes(
          List.of(new Notes.Fact(Notes.Kind.PLACE, "Lives in Lisbon.", "home", 0.8f)), "So far.");

  /** A turn that was remembered and its notes. */
  private record Noted(String turnId, Optional<Notes> notes) {}

  private final BlockingQueue<Noted> kept = new LinkedBlockingQueue<>();
  private final Recollection memory =
      new Recollection() {
        @Override
        public List<Recalled> recall(
            Owner owner, String c, String query, int limit, String except, Duration deadline) {
          return List.of();
        }

        @Override
        public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
          kept.add(new Noted(turn.id(), notes));
        }

        @Override
        public void forgetSession(Owner owner, String sessionId, Duration deadline) {}
      };

  @Test
  void aTurnIsRememberedWithWhatWasNotedAndNobodyWaitsForIt() throws Exception {
    var thinks = new CountDownLatch(1);
    var noted =
        new NotedRecollection(
            memory,
            (talk, deadline) -> {
              thinks.await();
              return LISBON;
            });
    noted.remember(turn("t1"), Optional.empty(), SOON);
    assertThat(kept).isEmpty();
    thinks.countDown();
    assertThat(kept.poll(20, TimeUnit.SECONDS)).isEqualTo(new Noted("t1", Optional.of(LISBON)));
  }

  @Test
  void aModelThatFailsLeavesTheTurnWithoutNotes() throws Exception {
    var noted =
        new NotedRecollection(
            memory,
            (talk, deadline) -> {
              throw Failure.of(Failure.Code.UNAVAILABLE, "MODEL_FAILED", "no JSON");
            });
    noted.remember(turn("t1"), Optional.empty(), SOON);
    assertThat(kept.poll(20, TimeUnit.SECONDS)).isEqualTo(new Noted("t1", Optional.empty()));
  }

  @Test
  void whatIsNotReadWhenTheServerStopsIsRememberedWithoutNotes() {
    var never = new CountDownLatch(1);
    var noted =
        new NotedRecollection(
            memory,
            (talk, deadline) -> {
              never.await();
              return LISBON;
            });
    for (int i = 0; i < 5; i++) {
      noted.remember(turn("t" + i), Optional.empty(), SOON);
    }
    noted.close();
    noted.remember(turn("last"), Optional.empty(), SOON);
    assertThat(kept).hasSize(6).allMatch(it -> it.notes().isEmpty());
  }

  @Test
  void aLongSessionIsSummedUpFromTheLastSummaryAndWhatWasSaidSince() throws Exception {
    var talks = new ArrayList<NoteTaker.Talk>();
    var noted =
        new NotedRecollection(
            memory,
            (talk, deadline) -> {
              talks.add(talk);
              return talk.since().isEmpty() ? new Notes(List.of(), "") : LISBON;
            });
    int every = NotedRecollection.SUMMED_UP_EVERY;
    for (int i = 1; i <= 2 * every; i++) {
      noted.remember(turn("t" + i), Optional.empty(), SOON);
      assertThat(kept.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
    assertThat(talks.get(every - 2).since()).isEmpty();
    assertThat(talks.get(every - 1).since()).hasSize(every);
    assertThat(talks.get(every - 1).summary()).isEmpty();
    assertThat(talks.getLast().since()).hasSize(every);
    assertThat(talks.getLast().summary()).isEqualTo("So far.");
  }

  @Test
  void aTurnOfASessionThatIsForgottenWhileItIsReadStaysForgotten() throws Exception {
    var thinks = new CountDownLatch(1);
    var noted =
        new NotedRecollection(
            memory,
            (talk, deadline) -> {
              thinks.await();
              return LISBON;
            });
    TurnRecord turn = turn("t1");
    noted.remember(turn, Optional.empty(), SOON);
    noted.forgetSession(turn.owner(), turn.sessionId(), SOON);
    thinks.countDown();
    noted.close();
    assertThat(kept).isEmpty();
  }

  private static TurnRecord turn(String id) {
    return Kept.turn(id, TurnState.COMPLETED, 0, "");
  }
}
