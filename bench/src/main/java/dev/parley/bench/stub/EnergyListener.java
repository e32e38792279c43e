package dev.parley.bench.stub;

import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Span;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Recognition stubbed as the peers have it: 20-ms chunks of 16 kHz, speech where the root mean
 * square is at least 500, begun after 10 such chunks, ended after 20 without; the transcript is
 * there 50 ms after the end.
 */
public final class EnergyListener implements Listener {
  private static final int STT_MS = 50;
  private final ScheduledExecutorService timer;

  /** Transcripts come on a thread of that timer. */
  public EnergyListener(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  @Override
  public Ear listen(Request request, Sink sink) {
    return new EnergyEar(sink);
  }

  @Override
  public Utterance recognize(byte[] audio, Request request) {
    return hello(0);
  }

  private static Utterance hello(long us) {
    return new Utterance("hello there", 1, 1, List.of(), new Span(0, us), "stub");
  }

  private final class EnergyEar implements Ear {
    private final Sink sink;
    private final SpeechRule rule = new SpeechRule();
    private long samples;

    EnergyEar(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void audio(byte[] data) {
      samples += data.length / 2;
      long us = samples * 1_000_000 / 16_000;
      switch (rule.next(SpeechRule.loud(data))) {
        case STARTED -> sink.speechStarted(us);
        case ENDED -> {
          sink.speechStopped(us);
          timer.schedule(() -> sink.finalUtterance(hello(us)), STT_MS, TimeUnit.MILLISECONDS);
        }
        case NOTHING -> {}
      }
    }

    @Override
    public void endUtterance() {}

    @Override
    public void echoHint(String text) {}

    @Override
    public void close() {}

    @Override
    public void cancel() {}
  }
}
