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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Synthesis by flite; voices are loaded once. All native calls run on one platform thread: flite
 * draws the breath of a voice from the C library's {@code rand}, which is one for the process, so
 * two phrases at once would change each other's samples (and wait for each other at its lock at
 * every sample). On one thread, with the same seed each time, the same phrase is the same sound.
 * That thread makes what is wanted soonest first.
 */
public final class FliteSynthesizer implements Synthesizer, AutoCloseable {

  /** What a character took on one core of 2026; the queue learns what it takes here. */
  private static final double NANOS_A_CHARACTER = 1.3e6;

  private record Loaded(FliteVoice voice, MemorySegment handle) {}

  private final FliteLibrary flite;
  private final DeadlineQueue calls =
      new DeadlineQueue("flite", NANOS_A_CHARACTER, System::nanoTime);
  private final Map<String, Loaded> voices = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException where flite or one of its voices is not installed
   */
  public FliteSynthesizer() {
    flite = new FliteLibrary();
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
    var loaded = voices.get(voice);
    if (loaded == null) {
      throw Failure.notFound("voice", voice);
    }
    if (phrase.words().isEmpty()) {
      return new SpokenPhrase(phrase, new Pcm(new short[0], rateHz), List.of(), List.of());
    }
    int size = phrase.spoken().length();
    var raw = calls.call(size, need, () -> synthesize(loaded, phrase, prosody));
    var audio = Resampler.convert(raw.audio(), rateHz);
    Levels.amplify(audio.samples(), prosody.volume() * loaded.voice().gain());
    return new Timeline(phrase, audio, raw.segments(), raw.stretch()).spoken(prosody.speed());
  }

  @Override
  public void close() {
    calls.close();
  }

  /** What flite made; {@code stretch} is what its seconds are multiplied by. */
  private record Raw(Pcm audio, List<FliteUtterance.Segment> segments, double stretch) {}

  private Raw synthesize(Loaded loaded, Phrase phrase, Prosody prosody) {
    var voice = loaded.voice();
    double warp = voice.follows() ? voice.warp() : voice.warp() * prosody.pitch();
    double speed = prosody.speed() * voice.speed();
    try (var utterance = new FliteUtterance(flite, loaded.handle(), phrase.spoken())) {
      utterance.set("duration_stretch", warp / speed);
      if (voice.follows()) {
        utterance.set("f0_shift", prosody.pitch() * voice.pitch());
      }
      if (!utterance.synthesize()) {
        throw Failure.of(Failure.Code.INTERNAL, "SPEECH_FAILED", "flite made no sound");
      }
      var audio = utterance.audio();
      int bent = (int) Math.round(audio.rateHz() * warp / 100) * 100;
      double stretch = (double) audio.rateHz() / bent;
      return new Raw(new Pcm(audio.samples(), bent), utterance.segments(), stretch);
    }
  }
}
