package dev.parley.speechsvc.onnx;

import ai.onnxruntime.OrtException;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.recognition.VoiceDetector;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Voice activity by Silero for all streams of the process on one platform thread: the frames that
 * wait at the same time go through the network in one call, which costs less than half of as many
 * calls. Where several streams are open, a call waits up to {@value #GATHER_US} microseconds for
 * their frames. Safe for many threads.
 */
public final class SileroDetector implements VoiceDetector, AutoCloseable {

  private static final String RESOURCE = "/silero/silero_vad_v6.onnx";
  private static final int MOST = 64;
  private static final long GATHER_US = 4000;

  private final SileroModel model;
  private final LinkedBlockingQueue<SileroStream> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final Thread worker;
  private volatile boolean closed;

  private SileroDetector(SileroModel model) {
    this.model = model;
    worker = Thread.ofPlatform().daemon().name("native-silero").start(this::work);
  }

  /**
   * Loads the model that was built in; a twentieth of a second.
   *
   * @throws Failure unavailable, with why, where the model or ONNX Runtime is missing
   */
  public static SileroDetector load() {
    try (var in = SileroDetector.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw unavailable("the model was not fetched when Parley was built; ./parley build");
      }
      return new SileroDetector(new SileroModel(in.readAllBytes(), MOST));
    } catch (IOException | OrtException | LinkageError e) {
      throw unavailable(e.toString()).causedBy(e);
    }
  }

  private static Failure unavailable(String why) {
    return Failure.unavailable("silero: " + why, Duration.ofSeconds(60));
  }

  @Override
  public String engine() {
    return "silero";
  }

  @Override
  public Stream open() {
    open.incrementAndGet();
    return new SileroStream(this);
  }

  /** Frames that went through the network so far. */
  public long frames() {
    return frames.get();
  }

  /** Calls of the network so far; {@link #frames} by this is the mean batch. */
  public long calls() {
    return calls.get();
  }

  void ask(SileroStream stream) {
    waiting.add(stream);
    if (closed && waiting.remove(stream)) {
      throw unavailable("closed");
    }
  }

  void left() {
    open.decrementAndGet();
  }

  private void work() {
    var batch = new ArrayList<SileroStream>(MOST);
    try {
      while (!closed) {
        gather(batch);
        run(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    waiting.drainTo(batch);
    batch.forEach(stream -> fail(stream, unavailable("closed")));
  }

  private void gather(List<SileroStream> batch) throws InterruptedException {
    batch.add(waiting.take());
    long until = System.nanoTime() + GATHER_US * 1000;
    waiting.drainTo(batch, MOST - 1);
    while (batch.size() < Math.min(MOST, open.get())) {
      var next = waiting.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return;
      }
      batch.add(next);
    }
  }

  private void run(List<SileroStream> batch) {
    try {
      model.run(batch);
      frames.addAndGet(batch.size());
      calls.incrementAndGet();
      batch.forEach(SileroStream::answer);
    } catch (OrtException | RuntimeException e) {
      var why =
          Failure.of(Failure.Code.INTERNAL, "RECOGNITION_FAILED", "silero: " + e.getMessage());
      batch.forEach(stream -> fail(stream, why.causedBy(e)));
    }
  }

  private static void fail(SileroStream stream, RuntimeException why) {
    stream.failed = why;
    stream.answer();
  }

  /** Streams still open fail from now on. */
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    try {
      worker.join(Duration.ofSeconds(5));
      model.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OrtException e) {
      throw new IllegalStateException("silero did not close", e);
    }
  }
}
