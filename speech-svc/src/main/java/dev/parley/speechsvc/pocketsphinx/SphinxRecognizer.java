package dev.parley.speechsvc.pocketsphinx;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.Recognizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Recognition by pocketsphinx: a decoder is lent to one utterance at a time; decoders are made when
 * first needed, up to a limit, and kept.
 */
public final class SphinxRecognizer implements Recognizer, AutoCloseable {

  private static final int WAIT_S = 10;

  private final Callable<SphinxDecoder> maker;
  private final NativePool calls;
  private final int limit;
  private final Semaphore free;
  private final Deque<SphinxDecoder> idle = new ArrayDeque<>();

  /**
   * Loads the library and one decoder, which takes a third of a second.
   *
   * @param decoders most utterances at once, about 100 MB each
   * @throws IllegalArgumentException where the library is not installed
   * @throws IllegalStateException where the model cannot be read
   */
  public SphinxRecognizer(SphinxModel model, NativePool calls, int decoders) {
    this(maker(model), calls, decoders);
  }

  SphinxRecognizer(Callable<SphinxDecoder> maker, NativePool calls, int decoders) {
    this.maker = maker;
    this.calls = calls;
    limit = decoders;
    free = new Semaphore(decoders, true);
    idle.add(calls.call(maker));
  }

  static Callable<SphinxDecoder> maker(SphinxModel model) {
    var sphinx = new SphinxLibrary();
    return () -> new SphinxDecoder(sphinx, model);
  }

  @Override
  public String engine() {
    return "pocketsphinx";
  }

  @Override
  public Utterance begin(String language, Adaptation microphone) {
    if (!language.isEmpty() && !language.regionMatches(true, 0, "en", 0, 2)) {
      throw Failure.invalid("language", language + " (this recogniser knows English only)");
    }
    try {
      if (!free.tryAcquire(WAIT_S, TimeUnit.SECONDS)) {
        throw Failure.of(
            Failure.Code.RESOURCE_EXHAUSTED,
            "OVERLOADED",
            limit + " utterances are being recognised already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "RECOGNITION_FAILED", "interrupted while waiting");
    }
    var lease = new Lease(microphone);
    try {
      calls.call(lease::begin);
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private SphinxDecoder taken() throws Exception {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return maker.call();
  }

  /**
   * One utterance on a lent decoder. A native call goes on when its caller was interrupted, so each
   * one holds the lease, and what is left of it is given back after the last.
   */
  private final class Lease implements Utterance {
    private final Adaptation microphone;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<SphinxDecoder> lent = Optional.empty();
    private boolean hearing;
    private boolean over;

    Lease(Adaptation microphone) {
      this.microphone = microphone;
    }

    @Override
    public String engine() {
      return SphinxRecognizer.this.engine();
    }

    @Override
    public Hypothesis accept(short[] samples) {
      return calls.call(() -> heard(samples));
    }

    @Override
    public Hypothesis finish() {
      return calls.call(this::end);
    }

    /** Does not wait: a caller that was interrupted may not. */
    @Override
    public void close() {
      if (!closed.compareAndSet(false, true)) {
        return;
      }
      try {
        calls.submit(this::giveBack);
      } catch (Failure busy) {
        Thread.ofPlatform().daemon().start(this::giveBack);
      }
    }

    /** Nothing happens when the caller is gone already. */
    private synchronized boolean begin() throws Exception {
      if (!over) {
        var decoder = taken();
        lent = Optional.of(decoder);
        decoder.start(microphone);
        hearing = true;
      }
      return hearing;
    }

    private synchronized Hypothesis heard(short[] samples) {
      return hearing ? lent.orElseThrow().accept(samples) : Hypothesis.NOTHING;
    }

    private synchronized Hypothesis end() {
      if (!hearing) {
        return Hypothesis.NOTHING;
      }
      hearing = false;
      return lent.orElseThrow().end(microphone);
    }

    private synchronized boolean giveBack() {
      over = true;
      try {
        end();
      } finally {
        synchronized (idle) {
          lent.ifPresent(idle::push);
        }
        free.release();
      }
      return true;
    }
  }

  /** Frees the decoders that are not lent. */
  @Override
  public void close() {
    synchronized (idle) {
      idle.forEach(SphinxDecoder::close);
      idle.clear();
    }
  }
}
