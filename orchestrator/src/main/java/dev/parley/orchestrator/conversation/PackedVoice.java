package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Samples go out as Opus packets of one stream a turn, so that packets follow each other without a
 * gap from phrase to phrase. A packer that is lost is replaced: what it had not packed yet is
 * packed again. The session's thread owns it.
 */
final class PackedVoice implements VoiceOut {
  /** Takes packets on the turn's clock. */
  interface Taker {
    void packet(byte[] data, long startUs, long durationUs);
  }

  private static final int MOST_TRIES = 4;
  private final int rateHz;
  private final Mailbox mailbox;
  private final Taker out;
  private final Consumer<Failure> problem;
  private final ArrayDeque<byte[]> unpacked = new ArrayDeque<>();
  private Optional<Speaker> speaker = Optional.empty();
  private Optional<Speaker.Packing> packing = Optional.empty();
  private Object current = this;
  private long baseUs;
  private long packedUs;
  private long outUs;
  private boolean ended;
  private int tries;
  private boolean done;
  private boolean stopped;

  PackedVoice(int rateHz, Mailbox mailbox, Taker out, Consumer<Failure> problem) {
    this.rateHz = rateHz;
    this.mailbox = mailbox;
    this.out = out;
    this.problem = problem;
  }

  @Override
  public void open(Speaker by, long fromUs) {
    speaker = Optional.of(by);
    packedUs = fromUs;
    outUs = fromUs;
    begin();
  }

  private void begin() {
    var sink = new Sink();
    current = sink;
    baseUs = outUs;
    try {
      packing = speaker.map(it -> it.pack(rateHz, sink));
      packing.ifPresent(this::feed);
      if (ended) {
        packing.ifPresent(Speaker.Packing::end);
      }
    } catch (Failure e) {
      over(Optional.of(e));
    }
  }

  /** What no packet that went out holds. */
  private void feed(Speaker.Packing to) {
    long skip = 2 * ((outUs - packedUs) * rateHz / 1_000_000);
    for (byte[] pcm : unpacked) {
      int from = (int) Math.min(skip, pcm.length);
      skip -= from;
      if (from < pcm.length) {
        to.samples(Arrays.copyOfRange(pcm, from, pcm.length));
      }
    }
  }

  private void lost(Failure failure) {
    if (failure.code() == Failure.Code.UNAVAILABLE && tries++ < MOST_TRIES) {
      begin();
    } else {
      over(Optional.of(failure));
    }
  }

  private void packed(byte[] data, long startUs, long durationUs) {
    long at = baseUs + startUs;
    out.packet(data, at, durationUs);
    outUs = at + durationUs;
    tries = 0;
    while (!unpacked.isEmpty() && packedUs + lengthUs(unpacked.peek()) <= outUs) {
      packedUs += lengthUs(unpacked.remove());
    }
  }

  private long lengthUs(byte[] pcm) {
    return pcm.length * 500_000L / rateHz;
  }

  @Override
  public void samples(byte[] pcm, long startUs) {
    if (!done && pcm.length > 0) {
      unpacked.add(pcm);
      packing.ifPresent(p -> p.samples(pcm));
    }
  }

  @Override
  public void end() {
    ended = true;
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
      post(() -> packed(data, startUs, durationUs));
    }

    @Override
    public void done() {
      post(() -> over(Optional.empty()));
    }

    @Override
    public void failed(Failure failure) {
      post(() -> lost(failure));
    }

    private void post(Runnable task) {
      mailbox.post(() -> {
        if (!stopped && current == this) {
          task.run();
        }
      });
    }
  }
}
