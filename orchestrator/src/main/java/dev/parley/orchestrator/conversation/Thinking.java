package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Gathers and thinks for one turn, on a background thread of its own; what comes of it is told on
 * the session's thread. It stops soon after {@link #stop()}.
 */
final class Thinking implements TokenSink, Runnable {
  /** What the turn learns. Called on the session's thread, in order. */
  interface Out {
    /** Memory answered in time. */
    void recalled(List<Recalled> memories);

    /** Documents are looked through. */
    void searching();

    /** Documents answered in time. */
    void found(List<Passage> passages);

    /** A part did not answer (wholly) in time, or failed. */
    void leftOut(String part, String cause);

    /** All is there that will be; thinking begins with these. */
    void gathered(List<Source> sources);

    void token(String text);

    /** The sentence said last comes from that source. */
    void cites(int number, String quote);

    void usage(int inputTokens, int outputTokens);

    void fellBack(String thinker, String cause);

    /** No more tokens come; empty when the answer is complete. */
    void thoughtEnded(Optional<Failure> failure);
  }

  private final Scene scene;
  private final Parts parts;
  private final Mailbox mailbox;
  private final Out out;
  private final Gathering gathering;
  private volatile String said = "";
  private volatile boolean cancelled;
  private volatile Optional<Thread> thread = Optional.empty();

  Thinking(Scene scene, Parts parts, Mailbox mailbox, TurnTracer.Trace trace, Out out) {
    this.scene = scene;
    this.parts = parts;
    this.mailbox = mailbox;
    this.out = out;
    this.gathering = new Gathering(scene, parts, trace::within, mailbox, out);
  }

  /** Goes on after that; before it runs. */
  void after(String text) {
    said = text;
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
      Gathering.Gathered gathered = gathering.both();
      if (!cancelled) {
        think(gathered);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      thread = Optional.empty();
    }
  }

  private void think(Gathering.Gathered gathered) {
    SessionRecord session = scene.session();
    var thought =
        new Thought(
            session.owner(),
            scene.character(),
            session.language(),
            scene.history(),
            gathered.memories(),
            gathered.passages(),
            scene.request().input(),
            gathered.unsearched(),
            said);
    List<Source> sources = thought.sources();
    mailbox.post(() -> out.gathered(sources));
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
  public void cites(int number, String quote) {
    mailbox.post(() -> out.cites(number, quote));
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
