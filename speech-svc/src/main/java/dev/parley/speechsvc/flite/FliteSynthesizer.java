package dev.parley.speechsvc.flite;

import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Levels;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.synthesis.DeadlineQueue;
import dev.parley.speechsvc.synthesis.Need;
import dev.parley.speechsvc.synthesis.Phrase;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.Synthesizer;
import dev.parley.speechsvc.synthesis.VoiceInfo;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Synthesis by flite; voices are loaded once. All native calls run on one platform thread: flite
 * draws the breath of a voice from the C library's {@code rand}, which is one for the process, so
 * two phrases at once would change each other's samples (and wait for each other at its lock at
 * every sample). On one thread, with the same seed each time, the same phrase is the same sound.
 * That thread makes what is wanted soonest first. The first words of what is wanted now are given
 * out while the others are made.
 */
public final class FliteSynthesizer implements Synthesizer, AutoCloseable {

  /** What a character took on one core of 2026; the queue learns what it takes here. */
  private static final double NANOS_A_CHARACTER = 1.3e6;

  /** What is wanted later is there in time as a whole. */
  private static final Duration SOON = Duration.ofMillis(500);

  private record Loaded(FliteVoice voice, MemorySegment handle) {}

  private final FliteLibrary flite;
  private final FliteReports reports;
  private final DeadlineQueue calls =
      new DeadlineQueue("flite", NANOS_A_CHARACTER, System::nanoTime);
  private final Map<String, Loaded> voices = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException where flite or one of its voices is not installed
   */
  public FliteSynthesizer() {
    flite = new FliteLibrary();
    reports = new FliteReports(flite);
    var handles = new LinkedHashMap<String, MemorySegment>();
    for (var voice : FliteVoice.ALL) {
      var handle = handles.computeIfAbsent(voice.library(), this::load);
      voices.put(voice.info().id(), new Loaded(voice, handle));
    }
  }

  private MemorySegment load(String name) {
    return flite.register("libflite_cmu_" + name + ".so.1", "register_cmu_" + name);
  }

  @Override
  public String engine() {
    return "flite";
  }

  @Override
  public List<VoiceInfo> voices() {
    return voices.values().stream().map(v -> v.voice().info()).toList();
  }

  @Override
  public SpokenPhrase speak(Phrase phrase, String voice, Prosody prosody, int rateHz, Need need) {
    var saying = new Saying(loaded(voice), phrase, prosody, rateHz);
    if (phrase.words().isEmpty()) {
      return saying.nothing();
    }
    int size = phrase.spoken().length();
    return saying.whole(calls.call(size, need, () -> synthesize(saying, Optional.empty())));
  }

  @Override
  public void speak(
      Phrase phrase,
      String voice,
      Prosody prosody,
      int rateHz,
      Need need,
      Consumer<SpokenPhrase> pieces) {
    if (phrase.words().size() < 2 || need.within().compareTo(SOON) > 0) {
      pieces.accept(speak(phrase, voice, prosody, rateHz, need));
      return;
    }
    var saying = new Saying(loaded(voice), phrase, prosody, rateHz);
    DeadlineQueue.Pending<FirstWords.Begun, Raw> making =
        calls.begin(phrase.spoken().length(), need, part -> synthesize(saying, Optional.of(part)));
    var first = making.part().map(saying::first);
    first.ifPresent(pieces);
    var whole = saying.whole(making.result());
    pieces.accept(
        first.map(it -> whole.after(it.words().size(), it.audio().durationUs())).orElse(whole));
  }

  private Loaded loaded(String voice) {
    var loaded = voices.get(voice);
    if (loaded == null) {
      throw Failure.notFound("voice", voice);
    }
    return loaded;
  }

  @Override
  public void close() {
    calls.close();
  }

  /** What flite made; {@code stretch} is what its seconds are multiplied by. */
  record Raw(Pcm audio, List<FliteUtterance.Segment> segments, double stretch) {
    /** Played faster or slower by that factor, to a hundred Hz. */
    static Raw of(Pcm audio, List<FliteUtterance.Segment> segments, double warp) {
      int bent = (int) Math.round(audio.rateHz() * warp / 100) * 100;
      return new Raw(new Pcm(audio.samples(), bent), segments, (double) audio.rateHz() / bent);
    }
  }

  /** One phrase, how it is to be said, and how it becomes so from what flite makes. */
  private record Saying(Loaded loaded, Phrase phrase, Prosody prosody, int rateHz) {
    /** Pieces are cut at its multiples, whole samples at all rates but 11,025 and 22,050 Hz. */
    private static final long GRID_US = 10_000;

    SpokenPhrase nothing() {
      return new SpokenPhrase(phrase, new Pcm(new short[0], rateHz), List.of(), List.of());
    }

    SpokenPhrase whole(Raw raw) {
      return spoken(raw, Resampler.convert(raw.audio(), rateHz));
    }

    /** Up to the end of its first words. */
    SpokenPhrase first(FirstWords.Begun begun) {
      var raw = begun.raw();
      var settled = new Resampler(raw.audio().rateHz(), rateHz).push(raw.audio().samples());
      var spoken = spoken(raw, new Pcm(settled, rateHz));
      long end = spoken.words().get(begun.words() - 1).endUs();
      return spoken.before(begun.words(), end / GRID_US * GRID_US);
    }

    private SpokenPhrase spoken(Raw raw, Pcm audio) {
      Levels.amplify(audio.samples(), prosody.volume() * loaded.voice().gain());
      return new Timeline(phrase, audio, raw.segments(), raw.stretch()).spoken(prosody.speed());
    }
  }

  private Raw synthesize(Saying saying, Optional<Consumer<FirstWords.Begun>> first) {
    var voice = saying.loaded().voice();
    var prosody = saying.prosody();
    double warp = voice.follows() ? voice.warp() : voice.warp() * prosody.pitch();
    double speed = prosody.speed() * voice.speed();
    var handle = saying.loaded().handle();
    try (var utterance = new FliteUtterance(flite, handle, saying.phrase().spoken())) {
      utterance.set("duration_stretch", warp / speed);
      if (voice.follows()) {
        utterance.set("f0_shift", prosody.pitch() * voice.pitch());
      }
      first.ifPresent(
          it -> utterance.report(reports, FirstWords.STEP, new FirstWords(utterance, warp, it)));
      if (!utterance.synthesize()) {
        throw Failure.of(Failure.Code.INTERNAL, "SPEECH_FAILED", "flite made no sound");
      }
      return Raw.of(utterance.audio(), utterance.segments(), warp);
    } finally {
      reports.end();
    }
  }
}
