package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.Animator;
import dev.parley.orchestrator.conversation.Pose;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The names of a face's weights, asked of the renderer once; empty while it is not there. */
final class FaceNames implements Supplier<List<String>>, Animator.Sink {
  private final Animator animator;
  private volatile List<String> names = List.of();
  private CompletableFuture<List<String>> asked = new CompletableFuture<>();

  FaceNames(Animator animator) {
    this.animator = animator;
  }

  @Override
  public synchronized List<String> get() {
    if (names.isEmpty()) {
      asked = new CompletableFuture<>();
      var request = new Animator.Request("", 30, 0, true, Optional.empty(), Pose.REST);
      Animator.Animation animation = animator.animate(request, this);
      names = asked.completeOnTimeout(List.of(), 1, TimeUnit.SECONDS).join();
      animation.cancel();
    }
    return names;
  }

  @Override
  public void shape(List<String> blendshapes, int frameRateHz) {
    asked.complete(blendshapes);
  }

  @Override
  public void frames(float[] weights, float[] head, int count, long startUs) {}

  @Override
  public void fragment(byte[] data, boolean init, long startUs, long us, String mimeType) {}

  @Override
  public void done(long durationUs) {
    asked.complete(List.of());
  }

  @Override
  public void failed(Failure failure) {
    asked.complete(List.of());
  }
}
