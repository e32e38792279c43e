package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The face of one turn: hands speech to the animator and its frames back to the turn. A face that
 * is lost is asked again from where it stopped; a film cannot be. The session's thread owns it.
 */
final class FaceTrack {
  private static final int MESSAGES_A_SECOND = 10;
  private static final int MOST_TRIES = 4;
  private static final long PAUSE = Duration.ofMillis(150).toNanos();

  private record Fed(List<Viseme> visemes, List<Word> words, byte[] pcm, long fromUs, long toUs) {}

  private final Lanes.Taker out;
  private final Consumer<Failure> problem;
  private final Mailbox mailbox;
  private final LongSupplier clock;
  private final Animator animator;
  private final Animator.Request request;
  private final ArrayDeque<Fed> unshown = new ArrayDeque<>();
  private Optional<Take> take = Optional.empty();
  private long fedUs;
  private long shownUs;
  private Pose pose;
  private boolean ended;
  private boolean filmed;
  private boolean done;
  private boolean stopped;
  private int tries;
  private long againAt = Long.MAX_VALUE;
  private long firstNanos = -1;

  FaceTrack(
      Animator animator,
      Animator.Request request,
      Lanes.Taker out,
      Consumer<Failure> problem,
      Mailbox mailbox,
      LongSupplier clock) {
    this.animator = animator;
    this.request = request;
    this.pose = request.start();
    this.clock = clock;
    this.out = out;
    this.problem = problem;
    this.mailbox = mailbox;
  }

  /** Begins, with the speech that follows that time; frames before the other one were shown. */
  void open(long fromUs, long alreadyShownUs) {
    fedUs = fromUs;
    shownUs = alreadyShownUs;
    begin(fromUs);
  }

  private void begin(long baseUs) {
    againAt = Long.MAX_VALUE;
    var next = new Take(baseUs);
    take = Optional.of(next);
    var from =
        new Animator.Request(
            request.avatarId(),
            request.frameRateHz(),
            request.seed(),
            request.face(),
            request.picture(),
            pose);
    try {
      next.animation = Optional.of(animator.animate(from, next));
    } catch (RuntimeException e) {
      next.failed(
          Failure.of(Failure.Code.UNAVAILABLE, "RENDER_FAILED", "no face: " + e.getMessage()));
    }
  }

  void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
    if (!done) {
      var fed = new Fed(visemes, words, pcm, fedUs, coveredUs);
      fedUs = coveredUs;
      unshown.add(fed);
      take.ifPresent(it -> it.feed(fed));
    }
  }

  void end() {
    ended = true;
    take.ifPresent(Take::end);
  }

  void stop() {
    stopped = true;
    take.ifPresent(Take::cancel);
  }

  /** Asks again for a face that was lost, when it is time. */
  void tick(long now) {
    if (now >= againAt && !stopped) {
      begin(unshown.isEmpty() ? fedUs : unshown.peek().fromUs());
      take.ifPresent(it -> {
        unshown.forEach(it::feed);
        if (ended) {
          it.end();
        }
      });
    }
  }

  /** Whether nothing more comes. */
  boolean done() {
    return done;
  }

  /** When the first frame came; -1 before. */
  long firstNanos() {
    return firstNanos;
  }

  private void lost(Failure failure) {
    take = Optional.empty();
    boolean again = failure.code() == Failure.Code.UNAVAILABLE && !filmed && tries < MOST_TRIES;
    if (done || !again) {
      giveUp(failure);
      return;
    }
    long most = PAUSE << tries;
    againAt = clock.getAsLong() + (tries == 0 ? 0 : ThreadLocalRandom.current().nextLong(most));
    tries++;
    tick(clock.getAsLong());
  }

  private void giveUp(Failure failure) {
    if (!done) {
      done = true;
      problem.accept(failure);
    }
  }

  private void shown(long untilUs) {
    firstNanos = firstNanos < 0 ? clock.getAsLong() : firstNanos;
    tries = 0;
    shownUs = Math.max(shownUs, untilUs);
    while (!unshown.isEmpty() && unshown.peek().toUs() <= shownUs) {
      unshown.remove();
    }
  }

  /** One call of the animator, whose clock begins somewhere on the turn's. */
  private final class Take implements Animator.Sink {
    private final long baseUs;
    private Optional<Animator.Animation> animation = Optional.empty();
    private volatile int rateHz = request.frameRateHz();

    Take(long baseUs) {
      this.baseUs = baseUs;
    }

    void feed(Fed fed) {
      animation.ifPresent(a ->
          a.speech(
              fed.visemes().stream()
                  .map(v -> new Viseme(v.shape(), back(v.span()), v.phone()))
                  .toList(),
              fed.words().stream()
                  .map(w ->
                      new Word(
                          w.text(), back(w.span()), w.textStart(), w.textEnd(), w.confidence()))
                  .toList(),
              fed.pcm(),
              fed.toUs() - baseUs));
    }

    private Span back(Span span) {
      return new Span(Math.max(0, span.startUs() - baseUs), Math.max(0, span.endUs() - baseUs));
    }

    void end() {
      animation.ifPresent(Animator.Animation::end);
    }

    void cancel() {
      animation.ifPresent(Call::cancel);
    }

    @Override
    public void shape(List<String> blendshapes, int frameRateHz) {
      rateHz = frameRateHz;
    }

    @Override
    public void frames(float[] weights, float[] head, int count, long startUs) {
      post(() -> {
        int names = count == 0 ? 0 : weights.length / count;
        int most = Math.max(1, rateHz / MESSAGES_A_SECOND);
        for (int at = 0; at < count; at += most) {
          int n = Math.min(most, count - at);
          float[] w = Arrays.copyOfRange(weights, at * names, (at + n) * names);
          float[] h = head.length == 0 ? head : Arrays.copyOfRange(head, at * 6, (at + n) * 6);
          show(w, h, n, baseUs + startUs + at * 1_000_000L / rateHz);
        }
      });
    }

    private void show(float[] weights, float[] head, int count, long us) {
      if (us >= shownUs) {
        pose = Pose.last(weights, head, count);
        out.take(us, new Event.FaceFrames(weights, head, count, rateHz));
      }
      shown(us + count * 1_000_000L / rateHz);
    }

    @Override
    public void fragment(byte[] data, boolean init, long startUs, long durationUs, String mime) {
      post(() -> {
        filmed = true;
        shown(baseUs + startUs);
        out.take(baseUs + startUs, new Event.VideoFragment(data, init, durationUs, mime));
      });
    }

    @Override
    public void done(long durationUs) {
      post(() -> done = true);
    }

    @Override
    public void failed(Failure failure) {
      post(() -> lost(failure));
    }

    private void post(Runnable task) {
      mailbox.post(() -> {
        if (!stopped && take.filter(it -> it == this).isPresent()) {
          task.run();
        }
      });
    }
  }
}
