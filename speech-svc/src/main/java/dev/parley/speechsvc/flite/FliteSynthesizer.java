package dev.parley.speechsvc.flite;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.speechsvc.dsp.Levels;
import dev.parley.speechsvc.dsp.Pcm;
import dev.parley.speechsvc.dsp.Resampler;
import dev.parley.speechsvc.synthesis.Phone;
import dev.parley.speechsvc.synthesis.Phrase;
import dev.parley.speechsvc.synthesis.Prosody;
import dev.parley.speechsvc.synthesis.SpokenPhrase;
import dev.parley.speechsvc.synthesis.SpokenWord;
import dev.parley.speechsvc.synthesis.Synthesizer;
import dev.parley.speechsvc.synthesis.VoiceInfo;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Synthesis by flite. Every native call runs on the pool given; voices are loaded once. */
public final class FliteSynthesizer implements Synthesizer {

  private record Loaded(FliteVoice voice, MemorySegment handle) {}

  private final FliteLibrary flite;
  private final NativePool calls;
  private final Map<String, Loaded> voices = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException where flite or one of its voices is not installed
   */
  public FliteSynthesizer(NativePool calls) {
    this.calls = calls;
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
  public SpokenPhrase speak(Phrase phrase, String voice, Prosody prosody, int rateHz) {
    var loaded = voices.get(voice);
    if (loaded == null) {
      throw Failure.notFound("voice", voice);
    }
    if (phrase.words().isEmpty()) {
      return new SpokenPhrase(phrase, new Pcm(new short[0], rateHz), List.of(), List.of());
    }
    var raw = calls.call(() -> synthesize(loaded, phrase, prosody));
    return finish(phrase, raw, prosody.volume() * loaded.voice().gain(), rateHz);
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

  private static SpokenPhrase finish(Phrase phrase, Raw raw, double gain, int rateHz) {
    var audio = Resampler.convert(raw.audio(), rateHz);
    Levels.amplify(audio.samples(), gain);
    var phones = new ArrayList<Phone>(raw.segments().size());
    var words = new Spans(phrase.words().size());
    long from = 0;
    for (var segment : raw.segments()) {
      long end = Math.round(segment.endSeconds() * 1e6 * raw.stretch());
      long to = Math.clamp(end, from, Math.max(from, audio.durationUs()));
      phones.add(new Phone(segment.phone(), from, to));
      words.extend(segment.token(), from, to);
      from = to;
    }
    return new SpokenPhrase(phrase, audio, words.over(phrase), phones);
  }

  /** First start and last end of each word. */
  private static final class Spans {
    private final long[] start;
    private final long[] end;

    Spans(int words) {
      start = new long[words];
      end = new long[words];
    }

    void extend(int word, long from, long to) {
      if (word >= 0 && word < start.length) {
        if (end[word] == 0) {
          start[word] = from;
        }
        end[word] = to;
      }
    }

    /** A word without sounds of its own stands where the one before it ended. */
    List<SpokenWord> over(Phrase phrase) {
      var words = new ArrayList<SpokenWord>(start.length);
      long last = 0;
      for (int i = 0; i < start.length; i++) {
        long from = end[i] == 0 ? last : start[i];
        last = end[i] == 0 ? last : end[i];
        words.add(new SpokenWord(phrase.words().get(i), from, last));
      }
      return words;
    }
  }
}
