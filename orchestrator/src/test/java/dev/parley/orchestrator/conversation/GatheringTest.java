package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Memory and documents before thinking. */
class GatheringTest {
  private static final Recalled TEA =
      new Recalled("m1", Recalled.Kind.TURN, "I like tea.", "Noted.", 0.8f, Instant.EPOCH);
  private static final Passage SNOW =
      new Passage("c1", "d1", "Weather book", 3, "iii", "Snow fell in March.", 0.7f);
  private final Stage stage = new Stage();
  private final List<List<String>> searched = new ArrayList<>();

  @Test
  void theThinkerGetsWhatWasRecalledAndWhatWasFound() {
    stage.recollection = Optional.of(new Knows(() -> List.of(TEA)));
    stage.library = Optional.of(finding(List.of()));
    stage.collections = List.of("weather");
    var out = stage.open();
    stage.type("When did it snow?");
    stage.pass(3000);
    assertThat(stage.thoughts.getFirst().memories()).containsExactly(TEA);
    assertThat(stage.thoughts.getFirst().passages()).containsExactly(SNOW);
    assertThat(searched).containsExactly(List.of("weather"));
    assertThat(stages(out)).startsWith("recall", "search", "think");
    assertThat(out.problems()).isEmpty();
  }

  @Test
  void aCharacterWithoutCollectionsNeverSearches() {
    stage.library = Optional.of(finding(List.of()));
    var out = stage.open();
    stage.type("When did it snow?");
    stage.pass(3000);
    assertThat(searched).isEmpty();
    assertThat(stages(out)).doesNotContain("search");
    assertThat(stage.thoughts.getFirst().passages()).isEmpty();
    assertThat(stage.thoughts.getFirst().unsearched()).isFalse();
  }

  @Test
  void aWayOfLookingThatWasLateIsNamedAndTheRestIsUsed() {
    stage.library = Optional.of(finding(List.of("rerank")));
    stage.collections = List.of("weather");
    var out = stage.open();
    stage.type("When did it snow?");
    stage.pass(3000);
    assertThat(stage.thoughts.getFirst().passages()).containsExactly(SNOW);
    assertThat(stage.thoughts.getFirst().unsearched()).isFalse();
    assertThat(out.problems()).containsExactly("documents LEFT_OUT");
    assertThat(receipt(out).leftOut())
        .containsExactly(new Receipt.LeftOut("documents", "rerank did not answer in time"));
  }

  @Test
  void aLibraryThatFailsIsLeftOutAndMemoryIsNot() {
    stage.recollection = Optional.of(new Knows(() -> List.of(TEA)));
    stage.library =
        Optional.of((owner, collections, query, limit, deadline) -> {
          throw Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "the library is closed");
        });
    stage.collections = List.of("weather");
    var out = stage.open();
    stage.type("When did it snow?");
    stage.pass(3000);
    assertThat(stage.thoughts.getFirst().memories()).containsExactly(TEA);
    assertThat(receipt(out).leftOut())
        .containsExactly(new Receipt.LeftOut("documents", "the library is closed"));
    assertThat(stage.thoughts.getFirst().unsearched()).isTrue();
  }

  @Test
  void eachIsGivenUpAfterItsOwnDeadlineEvenIfItNeverReturns() throws Exception {
    var never = new CountDownLatch(1);
    var thought = new CountDownLatch(1);
    stage.background = task -> Thread.ofVirtual().start(task);
    stage.realTime = true;
    stage.settings =
        SessionSettings.DEFAULTS.gathering(Duration.ofSeconds(60), Duration.ofMillis(30));
    stage.recollection = Optional.of(new Knows(() -> List.of(TEA)));
    stage.library =
        Optional.of((owner, collections, query, limit, deadline) -> {
          awaitQuietly(never);
          return Library.Findings.NONE;
        });
    stage.collections = List.of("weather");
    stage.thinks =
        (it, sink) -> {
          sink.token(Stage.REPLY);
          thought.countDown();
        };
    stage.open();
    stage.type("When did it snow?");
    assertThat(thought.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stage.thoughts.getFirst().memories()).containsExactly(TEA);
    assertThat(stage.thoughts.getFirst().passages()).isEmpty();
  }

  @Test
  void theyRunSideBySide() throws Exception {
    var both = new CountDownLatch(2);
    var thought = new CountDownLatch(1);
    stage.background = task -> Thread.ofVirtual().start(task);
    stage.realTime = true;
    stage.settings =
        SessionSettings.DEFAULTS.gathering(Duration.ofSeconds(60), Duration.ofSeconds(60));
    stage.recollection =
        Optional.of(
            new Knows(() -> {
              both.countDown();
              awaitQuietly(both);
              return List.of(TEA);
            }));
    stage.library =
        Optional.of((owner, collections, query, limit, deadline) -> {
          both.countDown();
          awaitQuietly(both);
          return new Library.Findings(List.of(SNOW), List.of());
        });
    stage.collections = List.of("weather");
    stage.thinks = (it, sink) -> thought.countDown();
    stage.open();
    stage.type("When did it snow?");
    assertThat(thought.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(stage.thoughts.getFirst().passages()).containsExactly(SNOW);
  }

  private Library finding(List<String> leftOut) {
    return (owner, collections, query, limit, deadline) -> {
      searched.add(collections);
      return new Library.Findings(List.of(SNOW), leftOut);
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Receipt receipt(Collected out) {
    return out.of(Event.TurnCompleted.class).getFirst().receipt().orElseThrow();
  }

  private static List<String> stages(Collected out) {
    return receipt(out).stages().stream().map(Receipt.Stage::name).toList();
  }

  /** Recalls that and keeps nothing. */
  private record Knows(java.util.function.Supplier<List<Recalled>> memories)
      implements Recollection {
    @Override
    public List<Recalled> recall(
        Owner owner, String c, String query, int limit, String except, Duration deadline) {
      return memories.get();
    }

    @Override
    public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {}

    @Override
    public void forgetSession(Owner owner, String sessionId, Duration deadline) {}
  }
}
