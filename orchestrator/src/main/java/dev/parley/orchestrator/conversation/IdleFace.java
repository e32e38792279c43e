package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Animator.Mood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The face between turns: it listens, thinks or is just there, on segments with ids and clocks of
 * their own that are in no log. It costs nothing while nobody looks. The session's thread owns it.
 */
final class IdleFace {
  /** Takes frames, on the session's thread. */
  @FunctionalInterface
  interface Viewers {
    void show(long segmentUs, Event.IdleFrames frames);
  }

  private static final long STEP_US = 200_000;
  private static final long LEAD_US = 400_000;
  private static final long REST_NANOS = Duration.ofSeconds(10).toNanos();
  private final Parts parts;
  private final Mailbox mailbox;
  private final Viewers viewers;
  private final Function<Long, Animator.Request> request;
  private Optional<Segment> segment = Optional.empty();
  private long notBefore = Long.MIN_VALUE;

  /** {@code request} says what to animate with a given seed. */
  IdleFace(
      Parts parts, Mailbox mailbox, Viewers viewers, Function<Long, Animator.Request> request) {
    this.parts = parts;
    this.mailbox = mailbox;
    this.viewers = viewers;
    this.request = request;
  }

  /** Moves it on, where somebody looks and no turn has the face. */
  void tick(long now, boolean wanted, Mood mood) {
    if (!wanted || parts.animator().isEmpty()) {
      stop();
    } else if (segment.isPresent()) {
      segment.get().advance(now, mood);
    } else if (now >= notBefore) {
      segment = Optional.of(new Segment(parts.ids().get(), now));
      segment.get().open(now, mood);
    }
  }

  /** The segment ends here. */
  void stop() {
    segment.ifPresent(Segment::stop);
    segment = Optional.empty();
  }

  private final class Segment implements Animator.Sink {
    private final String id;
    private final long startNanos;
    private Optional<Animator.Animation> animation = Optional.empty();
    private long coveredUs;
    private boolean stopped;
    private volatile int rateHz = 30;

    Segment(String id, long startNanos) {
      this.id = id;
      this.startNanos = startNanos;
    }

    void open(long now, Mood mood) {
      try {
        long seed = id.hashCode() & 0xffffffffL;
        animation = Optional.of(parts.animator().get().animate(request.apply(seed), this));
        advance(now, mood);
      } catch (RuntimeException gone) {
        rest();
      }
    }

    void advance(long now, Mood mood) {
      long wantedUs = (now - startNanos) / 1000 + LEAD_US;
      if (wantedUs - coveredUs >= STEP_US) {
        coveredUs = wantedUs;
        animation.ifPresent(a -> a.advance(wantedUs, mood));
      }
    }

    void stop() {
      stopped = true;
      animation.ifPresent(Call::cancel);
    }

    private void rest() {
      if (!stopped) {
        notBefore = parts.nanos().getAsLong() + REST_NANOS;
        IdleFace.this.stop();
      }
    }

    @Override
    public void shape(List<String> blendshapes, int frameRateHz) {
      rateHz = frameRateHz;
    }

    @Override
    public void frames(float[] weights, float[] head, int count, long startUs) {
      mailbox.post(() -> {
        if (!stopped) {
          viewers.show(startUs, new Event.IdleFrames(id, weights, head, count, rateHz));
        }
      });
    }

    @Override
    public void fragment(byte[] data, boolean init, long startUs, long us, String mimeType) {}

    @Override
    public void done(long durationUs) {
      mailbox.post(this::rest);
    }

    @Override
    public void failed(Failure failure) {
      mailbox.post(this::rest);
    }
  }
}
