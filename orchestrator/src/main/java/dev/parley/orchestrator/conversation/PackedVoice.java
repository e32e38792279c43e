package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Samples go out as Opus packets of one stream a turn, so that packets follow each other without a
 * gap from phrase to phrase. The session's thread owns it.
 */
final class PackedVoice implements VoiceOut {
  /** Takes packets on the turn's clock. */
  interface Taker {
    void packet(byte[] data, long startUs, long durationUs);
  }

  private final int rateHz;
  private final Mailbox mailbox;
  private final Taker out;
  private final Consumer<Failure> problem;
  private Optional<Speaker.Packing> packing = Optional.empty();
  private boolean done;
  private boolean stopped;

  PackedVoice(int rateHz, Mailbox mailbox, Taker out, Consumer<Failure> problem) {
    this.rateHz = rateHz;
    this.mailbox = mailbox;
    this.out = out;
    this.problem = problem;
  }

  @Override
  public void open(Speaker speaker) {
    try {
      packing = Optional.of(speaker.pack(rateHz, new Sink()));
    } catch (Failure e) {
      over(Optional.of(e));
    }
  }

  @Override
  public void samples(byte[] pcm, long startUs) {
    if (!done && pcm.length > 0) {
      packing.ifPresent(p -> p.samples(pcm));
    }
  }

  @Override
  public void end() {
    if (!done) {
      packing.ifPresent(Speaker.Packing::end);
    }
  }

  @Override
  public boolean done() {
    return done || packing.isEmpty();
  }

  @Override
  public void stop() {
    stopped = true;
    packing.ifPresent(Call::cancel);
  }

  private void over(Optional<Failure> failure) {
    if (!done) {
      done = true;
      failure.ifPresent(problem);
    }
  }

  private final class Sink implements Speaker.PackingSink {
    @Override
    public void packet(byte[] data, long startUs, long durationUs) {
      post(() -> out.packet(data, startUs, durationUs));
    }

    @Override
    public void done() {
      post(() -> over(Optional.empty()));
    }

    @Override
    public void failed(Failure failure) {
      post(() -> over(Optional.of(failure)));
    }

    private void post(Runnable task) {
      mailbox.post(() -> {
        if (!stopped) {
          task.run();
        }
      });
    }
  }
}
