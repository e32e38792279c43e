package dev.parley.speechsvc.recognition;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One person's audio, cut into utterances: frames of 32 ms pass the voice detector; from {@value
 * #PRE_ROLL} frames before speech on they go to the recogniser in chunks of 192 ms, until the
 * silence that {@link Endpointing} asks for; in silence the chunks are of 64 ms, so that little is
 * left to be done once it has lasted long enough. Events go to the listener on the calling thread.
 * One thread.
 */
public final class RecognitionStream implements AutoCloseable {

  static final long FRAME_US = VoiceDetector.FRAME * 1_000_000L / Recognizer.RATE_HZ;
  private static final int PRE_ROLL = 10;
  private static final int CHUNK = 6;
  private static final int CHUNK_IN_SILENCE = 2;
  private static final double ON = 0.5;
  private static final double OFF = 0.35;

  private final Recognizer recognizer;
  private final String language;
  private final VoiceDetector.Stream voice;
  private final Optional<TurnModel> turns;
  private final Endpointing endpointing;
  private final Consumer<RecognitionEvent> listener;
  private final Adaptation microphone = new Adaptation();
  private final EchoFilter echo = new EchoFilter();
  private final Deque<short[]> before = new ArrayDeque<>();
  private final short[] frame = new short[VoiceDetector.FRAME];
  private int filled;
  private long frames;
  private int speechFrames;
  private int silentFrames;
  private boolean speaking;
  private OpenUtterance open;
  private Patience patience;

  public RecognitionStream(
      Ears ears, String language, Endpointing endpointing, Consumer<RecognitionEvent> listener) {
    this.recognizer = ears.recognizer();
    this.language = language;
    this.voice = ears.detector().open();
    this.turns = ears.turns();
    this.endpointing = endpointing;
    this.listener = listener;
  }

  /** Takes samples at {@link Recognizer#RATE_HZ}. */
  public void accept(short[] samples) {
    int at = 0;
    while (at < samples.length) {
      int count = Math.min(samples.length - at, frame.length - filled);
      System.arraycopy(samples, at, frame, filled, count);
      filled += count;
      at += count;
      if (filled == frame.length) {
        filled = 0;
        frame(frame.clone());
      }
    }
  }

  /** The utterance is over now; its {@code Final} follows, empty when there was no speech. */
  public void endUtterance() {
    if (filled > 0) {
      var last = Arrays.copyOf(Arrays.copyOf(frame, filled), frame.length);
      filled = 0;
      frame(last);
    }
    if (open == null) {
      listener.accept(nothing(now(), now()));
    } else {
      end();
    }
  }

  /** What the loudspeaker is about to say; empty when it is silent. */
  public void expectEcho(String text) {
    echo.expect(text, now());
  }

  /** Ends the open utterance, if any; the audio is over. */
  public void finish() {
    if (open != null) {
      endUtterance();
    }
  }

  private void frame(short[] samples) {
    frames++;
    double probability = voice.probability(samples);
    count(probability);
    if (open == null) {
      listen(samples);
    } else {
      follow(samples);
    }
  }

  private void count(double probability) {
    boolean speech = probability >= (speaking ? OFF : ON);
    silentFrames = speech ? 0 : silentFrames + 1;
    if (speech) {
      speechFrames++;
    } else if (silentFrames > 3) {
      speechFrames = 0;
    }
  }

  private void listen(short[] samples) {
    before.addLast(samples);
    if (silentFrames > 0 || speechFrames * FRAME_US < endpointing.minSpeech() * 1000L) {
      if (before.size() > PRE_ROLL + speechFrames) {
        before.removeFirst();
      }
      return;
    }
    speaking = true;
    long start = now() - speechFrames * FRAME_US;
    listener.accept(new RecognitionEvent.SpeechStarted(start));
    var recognition = recognizer.begin(language, microphone);
    open = new OpenUtterance(recognition, start, now() - before.size() * FRAME_US);
    patience = new Patience(endpointing, turns);
    before.forEach(open::add);
    before.forEach(patience::hear);
    before.clear();
  }

  private void follow(short[] samples) {
    open.add(samples);
    patience.hear(samples);
    if (silentFrames == 0) {
      speaking = true;
      patience.speech();
      open.endUs = now();
    } else if (speaking && silentFrames == 4) {
      speaking = false;
      listener.accept(new RecognitionEvent.SpeechStopped(open.endUs));
    }
    if (open.waiting() >= (silentFrames > 0 ? CHUNK_IN_SILENCE : CHUNK)) {
      open.decode().filter(p -> !echo.echo(p.hypothesis(), open.startUs)).ifPresent(listener);
    }
    long silence = silentFrames * FRAME_US / 1000;
    if (silence >= patience.ms(open.text(), silence)
        || (now() - open.startUs) / 1000 > endpointing.maxUtterance()) {
      end();
    }
  }

  /** The utterance is closed also when the listener fails: its decoder is lent to others. */
  private void end() {
    try (var ended = open) {
      open = null;
      if (speaking) {
        listener.accept(new RecognitionEvent.SpeechStopped(ended.endUs));
      }
      speaking = false;
      speechFrames = 0;
      var last = ended.finish(now());
      boolean heardItself = echo.echo(last.hypothesis(), last.startUs());
      listener.accept(heardItself ? nothing(last.startUs(), last.endUs()) : last);
    }
  }

  private RecognitionEvent.Final nothing(long startUs, long endUs) {
    return new RecognitionEvent.Final(
        Hypothesis.NOTHING, startUs, endUs, now(), recognizer.engine());
  }

  private long now() {
    return frames * FRAME_US;
  }

  @Override
  public void close() {
    voice.close();
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
