package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Recalls and thinks for one turn, on a background thread of its own; what comes of it is told on
 * the session's thread. It stops soon after {@link #stop()}.
 */
final class Thinking implements TokenSink, Runnable {
  private static final int LONGEST_QUERY = 2000;

  /** What the turn learns. Called on the session's thread, in order. */
  interface Out {
    void recalled(List<Recalled> memories);

    /** Memory did not answer in time, or failed. */
    void notRecalled(String cause);

    void token(String text);

    void usage(int inputTokens, int outputTokens);

    void fellBack(String thinker, String cause);

    /** No more tokens come; empty when the answer is complete. */
    void thoughtEnded(Optional<Failure> failure);
  }

  private final Scene scene;
  private final Parts parts;
  private final Mailbox mailbox;
  private final Out out;
  private volatile boolean cancelled;
  private volatile Optional<Thread> thread = Optional.empty();

  Thinking(Scene scene, Parts parts, Mailbox mailbox, Out out) {
    this.scene = scene;
    this.parts = parts;
    this.mailbox = mailbox;
    this.out = out;
  }

  /** No more is wanted. Any thread. */
  void stop() {
    cancelled = true;
    thread.ifPresent(Thread::interrupt);
  }

  @Override
  public void run() {
    thread = Optional.of(Thread.currentThread());
    try {
      List<Recalled> memories = recall();
      if (!cancelled) {
        mailbox.post(() -> out.recalled(memories));
        think(memories);
      }
    } finally {
      thread = Optional.empty();
    }
  }

  private List<Recalled> recall() {
    int limit = scene.character().agent().retrieverK();
    if (limit == 0 || parts.recollection().isEmpty()) {
      return List.of();
    }
    String input = scene.request().input();
    String query = input.substring(0, Math.min(LONGEST_QUERY, input.length()));
    SessionRecord session = scene.session();
    Duration deadline = parts.settings().recallDeadline();
    try {
      return parts
          .recollection()
          .get()
          .recall(session.owner(), scene.character().id(), query, limit, session.id(), deadline);
    } catch (RuntimeException late) {
      mailbox.post(() -> out.notRecalled(String.valueOf(late.getMessage())));
      return List.of();
    }
  }

  private void think(List<Recalled> memories) {
    SessionRecord session = scene.session();
    var thought =
        new Thought(
            session.owner(),
            scene.character(),
            session.language(),
            scene.history(),
            memories,
            scene.request().input());
    Optional<Failure> failure = Optional.empty();
    try {
      parts.thinker().think(thought, this);
    } catch (Failure told) {
      failure = Optional.of(told);
    } catch (RuntimeException fault) {
      var failed = Failure.of(Failure.Code.INTERNAL, "MODEL_FAILED", "the thinker failed");
      failure = Optional.of(failed.causedBy(fault));
    }
    Optional<Failure> how = failure;
    mailbox.post(() -> out.thoughtEnded(how));
  }

  @Override
  public void token(String text) {
    mailbox.post(() -> out.token(text));
  }

  @Override
  public void usage(int input, int output) {
    mailbox.post(() -> out.usage(input, output));
  }

  @Override
  public void fellBack(String name, String cause) {
    mailbox.post(() -> out.fellBack(name, cause));
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }
}
