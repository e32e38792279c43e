package dev.parley.speechsvc.remote;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.Hypothesis;
import dev.parley.speechsvc.recognition.Recognizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Words by a transcription server, asked once an utterance is over; until then the local engine,
 * where there is one, gives the partials, and where the server fails, the words, with the reason in
 * the name of the engine. After {@value #FAILURES} failures in a row the server is left alone for
 * {@value #REST_S} seconds.
 */
public final class RemoteRecognizer implements Recognizer {

  private static final int FAILURES = 3;
  private static final int REST_S = 20;

  private final TranscriptionServer server;
  private final Recognizer local;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicLong restUntil = new AtomicLong(System.nanoTime());
  private volatile Optional<String> trouble = Optional.empty();

  public RemoteRecognizer(TranscriptionServer server, Recognizer local) {
    this.server = server;
    this.local = local;
  }

  @Override
  public String engine() {
    return "remote:" + server.model();
  }

  /** Why the server was not used for the last utterance; empty when it was, or none was spoken. */
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public Utterance begin(String language, Adaptation microphone) {
    try {
      return new Heard(language, Optional.of(local.begin(language, microphone)), Optional.empty());
    } catch (Failure without) {
      return new Heard(language, Optional.empty(), Optional.of(without));
    }
  }

  private Hypothesis ask(Pcm audio, String language) throws TranscriptionException {
    if (System.nanoTime() - restUntil.get() < 0) {
      throw new TranscriptionException(trouble.orElse("failed before") + ", resting");
    }
    try {
      var heard = server.transcribe(audio, language);
      failures.set(0);
      trouble = Optional.empty();
      return heard;
    } catch (TranscriptionException e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
      if (failures.incrementAndGet() >= FAILURES) {
        restUntil.set(System.nanoTime() + REST_S * 1_000_000_000L);
      }
      throw e;
    }
  }

  /** One utterance: its sound, and the local engine that follows it. One thread. */
  private final class Heard implements Utterance {
    private final String language;
    private final Optional<Utterance> here;
    private final Optional<Failure> without;
    private short[] sound = new short[RATE_HZ * 4];
    private int length;
    private String engine = RemoteRecognizer.this.engine();

    Heard(String language, Optional<Utterance> here, Optional<Failure> without) {
      this.language = language;
      this.here = here;
      this.without = without;
    }

    @Override
    public String engine() {
      return engine;
    }

    @Override
    public Hypothesis accept(short[] samples) {
      if (length + samples.length > sound.length) {
        sound = Arrays.copyOf(sound, Math.max(sound.length * 2, length + samples.length));
      }
      System.arraycopy(samples, 0, sound, length, samples.length);
      length += samples.length;
      return here.map(h -> h.accept(samples)).orElse(Hypothesis.NOTHING);
    }

    @Override
    public Hypothesis finish() {
      try {
        return ask(new Pcm(Arrays.copyOf(sound, length), RATE_HZ), language);
      } catch (TranscriptionException e) {
        engine =
            local.engine() + " (" + RemoteRecognizer.this.engine() + " " + e.getMessage() + ")";
        return here.orElseThrow(() -> lost(e)).finish();
      }
    }

    private Failure lost(TranscriptionException e) {
      var why = without.map(Failure::getMessage).orElse("no local recogniser");
      return Failure.of(
              Failure.Code.UNAVAILABLE,
              "RECOGNITION_FAILED",
              "the transcription server " + e.getMessage() + ", and here: " + why)
          .causedBy(e);
    }

    @Override
    public void close() {
      here.ifPresent(Utterance::close);
    }
  }
}
