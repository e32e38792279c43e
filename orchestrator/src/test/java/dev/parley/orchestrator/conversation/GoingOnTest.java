package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A voice or a process is lost anywhere in a turn, and every word is said once, in its place. */
class GoingOnTest {
  private static final Tier[] VOICE = {Tier.TEXT, Tier.AUDIO};
  private static final String LONG =
      "One two three, four five. Six seven eight nine ten! Eleven twelve; thirteen. Fourteen";

  @Test
  void aProcessThatDiesAnywhereInATurnLosesNoWordAndRepeatsNone() {
    for (int cut = 5; cut < 3200; cut += 35) {
      var journal = new KeptJournal();
      Stage first = stage(journal);
      var out = first.open();
      first.type("count");
      first.pass(cut);
      Stage second = stage(journal);
      second.session = second.session(List.of(), journal.lastSeq(Stage.PLACE));
      second.session.restore(journal.after(Stage.PLACE, 0), journal.state(Stage.PLACE));
      long last = out.numbers().getLast();
      var back = second.attach("me", Session.Mode.AUTO, last, VOICE);
      second.pass(6000);
      assertThat(words(out, back)).as("cut at " + cut).isEqualTo(words(LONG));
      assertThat(text(out, back)).as("cut at " + cut).isEqualTo(LONG);
      assertThat(gaps(out, back)).as("cut at " + cut).isEmpty();
      assertThat(numbers(out, back)).as("cut at " + cut).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void aTurnThatChangesProcessAgainAndAgainIsStillOneTurn() {
    var random = new Random(7);
    for (int round = 0; round < 20; round++) {
      var journal = new KeptJournal();
      Stage stage = stage(journal);
      List<Collected> outs = new ArrayList<>(List.of(stage.open()));
      stage.type("count");
      for (int change = 0; change < 5; change++) {
        stage.pass(5 + random.nextInt(600));
        long last = last(outs);
        stage = stage(journal);
        stage.session = stage.session(List.of(), journal.lastSeq(Stage.PLACE));
        stage.session.restore(journal.after(Stage.PLACE, 0), journal.state(Stage.PLACE));
        outs.add(stage.attach("me", Session.Mode.AUTO, last, VOICE));
      }
      stage.pass(6000);
      Collected[] all = outs.toArray(Collected[]::new);
      assertThat(words(all)).as("round " + round).isEqualTo(words(LONG));
      assertThat(gaps(all)).as("round " + round).isEmpty();
    }
  }

  @Test
  void aVoiceThatIsLostMidPhraseIsAskedAgainAndNoWordIsSaidTwice() {
    for (int lostAfter = 0; lostAfter < 12; lostAfter++) {
      Stage stage = stage(new KeptJournal());
      var flaky = new FlakyVoice(lostAfter, new Random(lostAfter));
      stage.voice = flaky::speak;
      var out = stage.open();
      stage.type("count");
      stage.pass(9000);
      assertThat(flaky.lost).isPositive();
      assertThat(words(out)).as("lost after " + lostAfter).isEqualTo(words(LONG));
      assertThat(gaps(out)).as("lost after " + lostAfter).isEmpty();
      assertThat(out.problems()).isEmpty();
    }
  }

  @Test
  void aVoiceThatStaysAwayLeavesTheRestInTextAndSaysSo() {
    Stage stage = stage(new KeptJournal());
    stage.voice =
        (request, sink) -> {
          sink.failed(Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "gone"));
          return () -> {};
        };
    var out = stage.open();
    stage.type("count");
    stage.pass(9000);
    assertThat(out.problems()).containsExactly("speech SPEECH_FAILED");
    assertThat(text(out)).isEqualTo(LONG);
    assertThat(out.of(Event.TurnCompleted.class)).hasSize(1);
  }

  @Test
  void aVoiceThatTakesAnotherTimeOverAWordGoesOnAtTheSamePartOfIt() {
    var old = new Word("seven", new Span(1_000_000, 1_400_000), 10, 15, 1);
    var splice = new Splice(800_000, Optional.of(old), 1_100_000);
    var again =
        List.of(
            new Word("six", new Span(0, 300_000), 6, 9, 1),
            new Word("seven", new Span(300_000, 500_000), 10, 15, 1),
            new Word("eight", new Span(500_000, 900_000), 16, 21, 1));
    assertThat(splice.positionUs(again)).isEqualTo(350_000);
  }

  /** Speaks in chunks of 100 ms and hangs up after so many of them, once in three phrases. */
  private static final class FlakyVoice {
    private final int lostAfter;
    private final Random random;
    private int lost;

    FlakyVoice(int lostAfter, Random random) {
      this.lostAfter = lostAfter;
      this.random = random;
    }

    Call speak(Speaker.Request request, Speaker.Sink sink) {
      boolean fails = random.nextInt(3) == 0 || lost == 0;
      int[] left = {fails ? lostAfter % 5 : Integer.MAX_VALUE};
      lost += fails ? 1 : 0;
      var broken = new BrokenSink(sink, left);
      Stage.speak(request, broken);
      if (fails && !broken.over) {
        sink.failed(Failure.of(Failure.Code.UNAVAILABLE, "UNAVAILABLE", "killed"));
      }
      return () -> {};
    }
  }

  private static final class BrokenSink implements Speaker.Sink {
    private static final int CHUNK = 4800;
    private final Speaker.Sink to;
    private final int[] left;
    private boolean over;

    BrokenSink(Speaker.Sink to, int[] left) {
      this.to = to;
      this.left = left;
    }

    @Override
    public void phrase(List<Word> words, List<Viseme> visemes, Span span) {
      if (left[0] > 0) {
        to.phrase(words, visemes, span);
      }
    }

    @Override
    public void audio(byte[] pcm, long startUs, long durationUs) {
      for (int at = 0; at < pcm.length && left[0]-- > 0; at += CHUNK) {
        byte[] part = Arrays.copyOfRange(pcm, at, Math.min(pcm.length, at + CHUNK));
        to.audio(part, startUs + at * 1000L / 48, part.length * 1000L / 48);
      }
    }

    @Override
    public void skipped(String text, String cause) {}

    @Override
    public void done(long durationUs, String voiceId) {
      if (left[0] > 0) {
        over = true;
        to.done(durationUs, voiceId);
      }
    }

    @Override
    public void failed(Failure failure) {}
  }

  private static Stage stage(KeptJournal journal) {
    Stage stage = new Stage();
    stage.journal = Optional.of(journal);
    stage.thinks =
        (thought, sink) -> {
          for (String piece : LONG.substring(thought.said().length()).split("(?<= )")) {
            sink.token(piece);
          }
        };
    return stage;
  }

  private static long last(List<Collected> outs) {
    return outs.stream().flatMap(it -> it.numbers().stream()).mapToLong(n -> n).max().orElse(0);
  }

  private static List<String> words(String text) {
    return List.of(text.split(" "));
  }

  private static List<String> words(Collected... outs) {
    return Arrays.stream(outs)
        .flatMap(it -> it.of(Event.WordSpoken.class).stream())
        .map(it -> it.word().text())
        .toList();
  }

  private static String text(Collected... outs) {
    return Arrays.stream(outs)
        .flatMap(it -> it.of(Event.TextDelta.class).stream())
        .map(Event.TextDelta::text)
        .collect(Collectors.joining());
  }

  private static List<Long> numbers(Collected... outs) {
    return Arrays.stream(outs).flatMap(it -> it.numbers().stream()).toList();
  }

  /** Where the voice does not follow itself on the clock, by more than rounding. */
  private static List<String> gaps(Collected... outs) {
    List<String> gaps = new ArrayList<>();
    long end = 0;
    for (Collected out : outs) {
      for (LoggedEvent e : out.events) {
        if (e.event() instanceof Event.AudioDelta a) {
          if (Math.abs(e.mediaTimeUs() - end) > 100) {
            gaps.add(end + " to " + e.mediaTimeUs());
          }
          end = e.mediaTimeUs() + a.durationUs();
        }
      }
    }
    return gaps;
  }
}
