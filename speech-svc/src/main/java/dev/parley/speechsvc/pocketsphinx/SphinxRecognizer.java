package dev.parley.speechsvc.pocketsphinx;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.Recognizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Recognition by pocketsphinx: a decoder is lent to one utterance at a time; decoders are made when
 * first needed, up to a limit, and kept.
 */
public final class SphinxRecognizer implements Recognizer, AutoCloseable {

  private static final int WAIT_S = 10;

  private final SphinxLibrary sphinx;
  private final SphinxModel model;
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
    this.model = model;
    this.calls = calls;
    limit = decoders;
    free = new Semaphore(decoders, true);
    sphinx = new SphinxLibrary();
    idle.add(calls.call(() -> new SphinxDecoder(sphinx, model)));
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
    try {
      return new Lease(calls.call(() -> started(microphone)), microphone);
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
  }

  private SphinxDecoder started(Adaptation microphone) {
    SphinxDecoder decoder;
    synchronized (idle) {
      decoder = idle.poll();
    }
    if (decoder == null) {
      decoder = new SphinxDecoder(sphinx, model);
    }
    decoder.start(microphone);
    return decoder;
  }

  /** One utterance on a lent decoder. */
  private final class Lease implements Utterance {
    private final SphinxDecoder decoder;
    private final Adaptation microphone;
    private boolean ended;
    private boolean closed;

    Lease(SphinxDecoder decoder, Adaptation microphone) {
      this.decoder = decoder;
      this.microphone = microphone;
    }

    @Override
    public String engine() {
      return SphinxRecognizer.this.engine();
    }

    @Override
    public Hypothesis accept(short[] samples) {
      return calls.call(() -> decoder.accept(samples));
    }

    @Override
    public Hypothesis finish() {
      ended = true;
      return calls.call(() -> decoder.end(microphone));
    }

    /** Does not wait: a caller that was interrupted may not. */
    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        calls.submit(this::giveBack);
      } catch (Failure busy) {
        Thread.ofPlatform().daemon().start(this::giveBack);
      }
    }

    private boolean giveBack() {
      if (!ended) {
        decoder.end(microphone);
      }
      synchronized (idle) {
        idle.push(decoder);
      }
      free.release();
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
