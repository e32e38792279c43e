package dev.parley.bench.kernels;

import dev.parley.orchestrator.conversation.Event;
import dev.parley.orchestrator.conversation.EventLog;
import dev.parley.orchestrator.conversation.LoggedEvent;
import dev.parley.orchestrator.conversation.PhraseCutter;
import dev.parley.orchestrator.conversation.SessionLog;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.StoredEvent;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.synthesis.Phone;
import dev.parley.speechsvc.synthesis.Viseme;
import dev.parley.speechsvc.synthesis.Visemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What runs for every token, phone, chunk and event; time of one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPaths {
  private static final String[] TOKENS =
      "A clock ticks, since one tooth passes at every swing. That is all there is to it."
          .split(" ");
  private static final String[] SPOKEN = "hh ax l ow pau ay m ey d ax pau f r m b v uw".split(" ");
  private final byte[] pcm = new byte[960];
  private final short[] second = new short[16_000];
  private final List<Phone> phones = phones();
  private final SessionLog log = new SessionLog(SessionSettings.DEFAULTS.window(), 0);
  private final EventJournal journal = new EventJournal(new Discarding());
  private final Event audio = new Event.AudioDelta(pcm, 0, pcm.length, 20_000);
  private final List<LoggedEvent> batch =
      List.of(new LoggedEvent(7, "0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000", 20_000, 0, audio));
  private final Resampler resampler = new Resampler(16_000, 24_000);
  private long nanos;

  /** An answer of 17 tokens cut into phrases. */
  @Benchmark
  public int phrases() {
    var cutter = new PhraseCutter();
    int phrases = 0;
    for (String token : TOKENS) {
      phrases += cutter.add(token + " ").size();
    }
    return phrases + cutter.rest().length();
  }

  /** Seventeen phones as mouth shapes. */
  @Benchmark
  public List<Viseme> visemes() {
    return Visemes.of(phones);
  }

  /** A second of 16 kHz as 24 kHz. */
  @Benchmark
  public short[] resampledSecond() {
    return resampler.push(second);
  }

  /** 20 ms of audio into the log of a session, old ones trimmed. */
  @Benchmark
  public LoggedEvent logAppend() {
    nanos += 20_000_000;
    return log.append("turn", nanos / 1000, nanos, audio);
  }

  /** 20 ms of audio as the contract writes it. */
  @Benchmark
  public void eventEncoded() {
    journal.append("session", 0, batch, Optional.empty(), true).join();
  }

  private static List<Phone> phones() {
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < SPOKEN.length; i++) {
      phones.add(new Phone(SPOKEN[i], i * 80_000L, (i + 1) * 80_000L));
    }
    return phones;
  }

  /** Takes bytes and drops them. */
  private record Discarding() implements EventLog {
    @Override
    public CompletableFuture<Void> append(
        String sessionId,
        long token,
        List<StoredEvent> events,
        Optional<byte[]> state,
        boolean urgent) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Optional<byte[]> state(String sessionId) {
      return Optional.empty();
    }

    @Override
    public List<StoredEvent> readAfter(String sessionId, long afterSeq, int limit) {
      return List.of();
    }

    @Override
    public long lastSeq(String sessionId) {
      return 0;
    }

    @Override
    public void delete(String sessionId) {}
  }
}
