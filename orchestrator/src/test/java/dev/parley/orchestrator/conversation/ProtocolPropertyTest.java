package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.character.InterruptionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of the protocol whatever happens in whatever order; each seed is one random life. */
class ProtocolPropertyTest {
  private static final String[] UTTERANCES = {
    "uh-huh", "tell me about horses", "two three four", "stop", "", "i see", "what is that", "yes"
  };
  private static final int STEPS = 120;
  private final List<LoggedEvent> collectedByReturning = new ArrayList<>();

  static List<Integer> seeds() {
    int count = Boolean.getBoolean("parley.long") ? 2000 : 40;
    return java.util.stream.IntStream.rangeClosed(1, count).boxed().toList();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theStreamKeepsItsPromises(int seed) {
    Random random = new Random(seed);
    Stage stage = Stage.with(InterruptionMode.values()[random.nextInt(3)], random.nextInt(3), 200);
    stage.animator = Optional.of(PropertyFace::new);
    Collected all = live(stage, random);
    numbersAreGapless(all.events);
    turnsBeginAndEndOnce(all.events);
    mediaTimeRisesInEveryTurn(all.events);
    noMediaAfterTheEndAndNoneWhilePaused(all.events);
    whatWasHeardWasSaid(all.events);
    whoComesAndGoesSeesTheSame(all.events);
  }

  private Collected live(Stage stage, Random random) {
    stage.session = stage.session(List.of(), 0);
    stage.session.opened(false);
    var all = new Collected();
    stage.session.attach(
        "all", java.util.Set.of(Tier.TEXT, Tier.AUDIO, Tier.FACE), Session.Mode.WATCHER, 0, all);
    Collected returning = back(stage, 0);
    for (int i = 0; i < STEPS; i++) {
      act(stage, random, all);
      stage.pass(5 * random.nextInt(120));
      if (random.nextInt(10) == 0) {
        returning = comeBack(stage, returning);
      }
    }
    stage.voiceStarts();
    stage.voiceStops();
    stage.heard("", 0);
    stage.pass(150_000);
    collectedByReturning.addAll(logged(returning));
    return all;
  }

  private Collected comeBack(Stage stage, Collected returning) {
    List<LoggedEvent> had = logged(returning);
    collectedByReturning.addAll(had);
    stage.attachment.detach();
    long after = collectedByReturning.isEmpty() ? 0 : collectedByReturning.getLast().seq();
    return back(stage, after);
  }

  private static Collected back(Stage stage, long after) {
    return stage.attach("me", Session.Mode.AUTO, after, Tier.TEXT, Tier.AUDIO, Tier.FACE);
  }

  private static List<LoggedEvent> logged(Collected from) {
    return from.events.stream().filter(e -> e.seq() > 0).toList();
  }

  private static void act(Stage stage, Random random, Collected all) {
    String turn = all.events.isEmpty() ? "" : all.events.getLast().turnId();
    switch (random.nextInt(9)) {
      case 0 -> stage.type("count");
      case 1 -> stage.input(new Input.Act.Interrupt("", random.nextInt(3_000_000) - 1));
      case 2, 3 -> stage.input(new Input.Act.Played(turn, random.nextInt(3_000_000)));
      case 4 -> stage.voiceStarts();
      case 5 -> stage.voiceStarts();
      case 6 -> {
        stage.voiceStarts();
        stage.hears(UTTERANCES[random.nextInt(UTTERANCES.length)]);
      }
      case 7 -> {
        stage.voiceStarts();
        stage.voiceStops();
        stage.heard(UTTERANCES[random.nextInt(UTTERANCES.length)], random.nextFloat());
      }
      default -> stage.input(random.nextInt(40) + 1, new Input.Act.EndOfInput());
    }
  }

  private static void numbersAreGapless(List<LoggedEvent> events) {
    long expected = 1;
    for (LoggedEvent e : events) {
      if (e.seq() > 0) {
        assertThat(e.seq()).isEqualTo(expected++);
      }
    }
  }

  private static void turnsBeginAndEndOnce(List<LoggedEvent> events) {
    Map<String, Integer> begun = count(events, Event.TurnStarted.class);
    assertThat(begun.values()).allMatch(n -> n == 1);
    assertThat(count(events, Event.TurnCompleted.class)).isEqualTo(begun);
  }

  private static Map<String, Integer> count(List<LoggedEvent> events, Class<?> type) {
    Map<String, Integer> count = new HashMap<>();
    events.stream()
        .filter(e -> type.isInstance(e.event()))
        .forEach(e -> count.merge(e.turnId(), 1, Integer::sum));
    return count;
  }

  private static void mediaTimeRisesInEveryTurn(List<LoggedEvent> events) {
    Map<String, Long> next = new HashMap<>();
    for (LoggedEvent e : events) {
      if (e.event() instanceof Event.AudioDelta a) {
        assertThat(e.mediaTimeUs()).isEqualTo(next.getOrDefault(e.turnId(), 0L));
        next.put(e.turnId(), e.mediaTimeUs() + a.durationUs());
      } else if (e.event() instanceof Event.WordSpoken || e.event() instanceof Event.FaceFrames) {
        String lane = e.turnId() + e.event().getClass();
        assertThat(e.mediaTimeUs()).isGreaterThanOrEqualTo(next.getOrDefault(lane, 0L));
        next.put(lane, e.mediaTimeUs());
      }
    }
  }

  private static void noMediaAfterTheEndAndNoneWhilePaused(List<LoggedEvent> events) {
    Map<String, Class<?>> state = new HashMap<>();
    for (LoggedEvent e : events) {
      switch (e.event()) {
        case Event.Interrupted i -> state.put(e.turnId(), Event.Interrupted.class);
        case Event.TurnCompleted t -> state.put(e.turnId(), Event.TurnCompleted.class);
        case Event.Paused p -> state.put(e.turnId(), Event.Paused.class);
        case Event.Resumed r -> state.remove(e.turnId(), Event.Paused.class);
        case Event.AudioDelta a -> assertThat(state).doesNotContainKey(e.turnId());
        case Event.FaceFrames f -> assertThat(state).doesNotContainKey(e.turnId());
        case Event.WordSpoken w -> assertThat(state).doesNotContainKey(e.turnId());
        default -> {}
      }
    }
  }

  private static void whatWasHeardWasSaid(List<LoggedEvent> events) {
    Map<String, String> said = new HashMap<>();
    Map<String, Long> sent = new HashMap<>();
    for (LoggedEvent e : events) {
      switch (e.event()) {
        case Event.TextDelta t -> said.merge(e.turnId(), t.text(), String::concat);
        case Event.AudioDelta a -> sent.put(e.turnId(), e.mediaTimeUs() + a.durationUs());
        case Event.Interrupted i -> {
          assertThat(i.heardText() + i.cutText()).isEqualTo(said.getOrDefault(e.turnId(), ""));
          assertThat(i.atUs()).isLessThanOrEqualTo(sent.getOrDefault(e.turnId(), 0L));
        }
        case Event.TurnCompleted t ->
            assertThat(said.getOrDefault(e.turnId(), "")).startsWith(t.replyText());
        default -> {}
      }
    }
  }

  private void whoComesAndGoesSeesTheSame(List<LoggedEvent> all) {
    assertThat(collectedByReturning.stream().map(e -> e.seq() + " " + e.event()).toList())
        .isEqualTo(
            all.stream().filter(e -> e.seq() > 0).map(e -> e.seq() + " " + e.event()).toList());
  }

  /** Frames as soon as speech covers them. */
  private static final class PropertyFace implements Animator.Animation {
    private static final long FRAME_US = 1_000_000 / 30;
    private final Animator.Sink sink;
    private long nextUs;

    PropertyFace(Animator.Request request, Animator.Sink sink) {
      this.sink = sink;
      sink.shape(List.of("jawOpen"), request.frameRateHz());
    }

    @Override
    public void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
      int count = (int) Math.max(0, (coveredUs - nextUs) / FRAME_US);
      sink.frames(new float[count], new float[6 * count], count, nextUs);
      nextUs += count * FRAME_US;
    }

    @Override
    public void advance(long toUs, Animator.Mood mood) {}

    @Override
    public void end() {
      sink.done(nextUs);
    }

    @Override
    public void cancel() {}
  }
}
