package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Speech that is only collected. */
final class Recording implements Speaker.Sink {
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /** Completes when all was said, or with what failed. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** All of it, once it is done. */
  byte[] samples() {
    return pcm.toByteArray();
  }

  @Override
  public void phrase(List<Word> words, List<Viseme> visemes, Span span) {}

  @Override
  public void audio(byte[] samples, long startUs, long durationUs) {
    pcm.writeBytes(samples);
  }

  @Override
  public void skipped(String text, String cause) {}

  @Override
  public void done(long durationUs, String voiceId) {
    done.complete(null);
  }

  @Override
  public void failed(Failure failure) {
    done.completeExceptionally(failure);
  }
}
