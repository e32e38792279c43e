package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The face of one turn: hands speech to the animator and its frames back to the turn. */
final class FaceTrack implements Animator.Sink {
  private static final int FRAMES_A_MESSAGE = 3;
  private final Lanes.Taker out;
  private final Consumer<Failure> problem;
  private final Mailbox mailbox;
  private final LongSupplier clock;
  private java.util.Optional<Animator.Animation> animation = java.util.Optional.empty();
  private boolean done;
  private boolean stopped;
  private long firstNanos = -1;
  private volatile int rateHz = 30;

  FaceTrack(Lanes.Taker out, Consumer<Failure> problem, Mailbox mailbox, LongSupplier clock) {
    this.clock = clock;
    this.out = out;
    this.problem = problem;
    this.mailbox = mailbox;
  }

  void open(Animator animator, Animator.Request request) {
    rateHz = request.frameRateHz();
    try {
      animation = java.util.Optional.of(animator.animate(request, this));
    } catch (RuntimeException e) {
      failed(Failure.of(Failure.Code.UNAVAILABLE, "RENDER_FAILED", "no face: " + e.getMessage()));
    }
  }

  void speech(List<Viseme> visemes, List<Word> words, byte[] pcm, long coveredUs) {
    if (!done) {
      animation.ifPresent(a -> a.speech(visemes, words, pcm, coveredUs));
    }
  }

  void end() {
    if (!done) {
      animation.ifPresent(Animator.Animation::end);
    }
  }

  void stop() {
    stopped = true;
    animation.ifPresent(Call::cancel);
  }

  /** Whether nothing more comes. */
  boolean done() {
    return done || animation.isEmpty();
  }

  /** When the first frame came; -1 before. */
  long firstNanos() {
    return firstNanos;
  }

  @Override
  public void shape(List<String> blendshapes, int frameRateHz) {
    rateHz = frameRateHz;
  }

  @Override
  public void frames(float[] weights, float[] head, int count, long startUs) {
    post(() -> {
      arrived();
      int names = count == 0 ? 0 : weights.length / count;
      for (int at = 0; at < count; at += FRAMES_A_MESSAGE) {
        int n = Math.min(FRAMES_A_MESSAGE, count - at);
        float[] w = Arrays.copyOfRange(weights, at * names, (at + n) * names);
        float[] h = head.length == 0 ? head : Arrays.copyOfRange(head, at * 6, (at + n) * 6);
        long us = startUs + at * 1_000_000L / rateHz;
        out.take(us, new Event.FaceFrames(w, h, n, rateHz));
      }
    });
  }

  @Override
  public void fragment(byte[] data, boolean init, long startUs, long durationUs, String mime) {
    post(() -> {
      arrived();
      out.take(startUs, new Event.VideoFragment(data, init, durationUs, mime));
    });
  }

  @Override
  public void done(long durationUs) {
    post(() -> done = true);
  }

  @Override
  public void failed(Failure failure) {
    post(() -> {
      if (!done) {
        done = true;
        problem.accept(failure);
      }
    });
  }

  private void arrived() {
    if (firstNanos < 0) {
      firstNanos = clock.getAsLong();
    }
  }

  private void post(Runnable task) {
    mailbox.post(() -> {
      if (!stopped) {
        task.run();
      }
    });
  }
}
