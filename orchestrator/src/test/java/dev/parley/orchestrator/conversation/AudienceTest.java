package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private final Stage stage = new Stage();

  @Test
  void whoComesBackMidWordMissesNothingAndGetsNothingTwice() {
    var first = stage.open();
    stage.type("count");
    stage.pass(500);
    long last = first.numbers().getLast();
    stage.attachment.detach();
    stage.pass(300);
    var second = stage.attach("me", Session.Mode.AUTO, last, Tier.TEXT, Tier.AUDIO);
    stage.pass(3000);
    List<Long> all = new ArrayList<>(first.numbers().stream().filter(n -> n <= last).toList());
    all.addAll(second.numbers());
    for (int i = 1; i < all.size(); i++) {
      assertThat(all.get(i)).isEqualTo(all.get(i - 1) + 1);
    }
    assertThat(second.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void theSameClientAttachedAgainReplacesItsOldAttachment() {
    var first = stage.open();
    var second = stage.attach("me", Session.Mode.AUTO, 1, Tier.TEXT);
    assertThat(first.of(Event.Ended.class).getFirst().cause()).isEqualTo(Event.EndCause.REPLACED);
    assertThat(first.closed).isTrue();
    assertThat(second.closed).isFalse();
  }

  @Test
  void numbersThatAreNotKeptAreRefusedInBothDirections() {
    stage.settings =
        settings(
            new SessionLog.Window(1 << 20, 1 << 20, 1_000_000_000_000L, 20, 1_000_000_000_000L));
    stage.open();
    stage.type("count");
    stage.pass(3000);
    assertThat(stage.attach("b", Session.Mode.WATCHER, 3, Tier.TEXT).failure.orElseThrow())
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.reason()).isEqualTo("REPLAY_EXPIRED");
              assertThat(f.code()).isEqualTo(Failure.Code.OUT_OF_RANGE);
            });
    var ahead = stage.attach("c", Session.Mode.WATCHER, 1_000_000, Tier.TEXT);
    assertThat(ahead.failure.orElseThrow().reason()).isEqualTo("REPLAY_EXPIRED");
    var all = stage.attach("d", Session.Mode.WATCHER, 0, Tier.TEXT);
    assertThat(all.failure).isEmpty();
  }

  @Test
  void aClientThatReadsNothingIsLetGoWithATypedErrorAndTheSessionLives() {
    stage.open();
    var watcher = stage.attach("w", Session.Mode.WATCHER, 0, Tier.TEXT, Tier.AUDIO);
    long seen = watcher.numbers().isEmpty() ? 0 : watcher.numbers().getLast();
    watcher.full = true;
    stage.attach("me", Session.Mode.AUTO, 1, Tier.TEXT, Tier.AUDIO);
    stage.type("count");
    stage.pass(31_000);
    Failure why = watcher.failure.orElseThrow();
    assertThat(why.code()).isEqualTo(Failure.Code.RESOURCE_EXHAUSTED);
    assertThat(why.retryAfter()).isPresent();
    assertThat(stage.session.isClosed()).isFalse();
    var back = stage.attach("w", Session.Mode.WATCHER, Math.max(1, seen), Tier.TEXT, Tier.AUDIO);
    assertThat(back.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void aClientSoSlowThatSmallEventsAreGoneIsToldSo() {
    stage.settings =
        settings(
            new SessionLog.Window(1 << 20, 1 << 20, 1_000_000_000_000L, 30, 1_000_000_000_000L));
    var out = stage.open();
    out.full = true;
    stage.type("count");
    stage.pass(2500);
    assertThat(out.failure.orElseThrow().reason()).isEqualTo("REPLAY_EXPIRED");
  }

  @Test
  void mediaThatIsNoLongerKeptIsToldOnceAndTheRestGoesOn() {
    stage.settings =
        settings(
            new SessionLog.Window(10_000, 10_000, 1_000_000_000_000L, 8192, 1_000_000_000_000L));
    var out = stage.open();
    stage.type("count");
    out.full = true;
    stage.pass(1000);
    out.full = false;
    stage.pass(2000);
    assertThat(out.problems()).containsExactly("store REPLAY_EXPIRED");
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void onlyOneHoldsTheSpeakerLeaseUntilItIsTakenOver() {
    stage.open();
    var refused = stage.attach("b", Session.Mode.SPEAKER, 0, Tier.TEXT);
    assertThat(refused.failure.orElseThrow().reason()).isEqualTo("SPEAKER_TAKEN");
    var watcher = stage.attach("c", Session.Mode.AUTO, 0, Tier.TEXT);
    stage.input(1, new Input.Act.Audio(new byte[640]));
    assertThat(watcher.problems()).containsExactly("input SPEAKER_TAKEN");
    assertThat(stage.microphone).isEmpty();
    stage.attach("d", Session.Mode.TAKE_OVER, 0, Tier.TEXT);
    stage.input(1, new Input.Act.Audio(new byte[640]));
    assertThat(stage.microphone).hasSize(1);
  }

  @Test
  void aClientThatSendsWithoutEndIsRefusedWithATimeToComeBack() {
    stage.open();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                stage.input(0, new Input.Act.Ping());
              }
            })
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).isEqualTo(Failure.Code.RESOURCE_EXHAUSTED);
              assertThat(f.retryAfter()).isPresent();
            });
    stage.pass(5000);
    stage.input(0, new Input.Act.Ping());
  }

  @Test
  void soMuchAudioAtOnceIsRefused() {
    stage.open();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 300; i++) {
                stage.input(0, new Input.Act.Audio(new byte[65536]));
              }
            })
        .isInstanceOf(Failure.class)
        .hasMessageContaining("bytes a second");
  }

  @Test
  void moreTypedTextThanCanBeAnsweredIsRefusedEventByEvent() {
    stage.background = task -> {};
    stage.rule =
        new dev.parley.orchestrator.character.InterruptionRule(
            dev.parley.orchestrator.character.InterruptionMode.OFF, 1, 300);
    var out = stage.open();
    for (int i = 0; i < 60; i++) {
      stage.type("more " + i);
    }
    assertThat(out.problems()).isNotEmpty().containsOnly("input OVERLOADED");
  }

  private static SessionSettings settings(SessionLog.Window window) {
    var d = SessionSettings.DEFAULTS;
    return d.reading(Duration.ofSeconds(30), window);
  }
}
