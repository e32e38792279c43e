package dev.parley.speechsvc.pocketsphinx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.speechsvc.recognition.Adaptation;
import dev.parley.speechsvc.recognition.HeardWord;
import dev.parley.speechsvc.recognition.Hypothesis;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/**
 * One native decoder, about 100 MB. Safe for many platform threads, one call at a time; freed by
 * {@link #close}.
 */
final class SphinxDecoder implements AutoCloseable {

  private static final long FRAME_US = 10_000;

  private final SphinxLibrary sphinx;
  private final CepstralMean means = new CepstralMean();
  private final MemorySegment config;
  private final MemorySegment decoder;
  private final float[] ofStrangers;

  /**
   * @throws IllegalStateException where the model could not be read
   */
  SphinxDecoder(SphinxLibrary sphinx, SphinxModel model) {
    this.sphinx = sphinx;
    var settings = model.settings();
    try (var arena = Arena.ofConfined()) {
      var pairs = arena.allocate(ADDRESS, settings.size());
      for (int i = 0; i < settings.size(); i++) {
        pairs.setAtIndex(ADDRESS, i, arena.allocateFrom(settings.get(i)));
      }
      config = sphinx.configure(pairs, settings.size());
    }
    if (config.address() == 0) {
      throw new IllegalStateException("pocketsphinx refused its settings");
    }
    decoder = sphinx.decoder(config);
    if (decoder.address() == 0) {
      sphinx.freeConfig(config);
      throw new IllegalStateException("pocketsphinx could not read the model " + model.folder());
    }
    ofStrangers = CepstralMean.ofStrangers(means.of(decoder));
  }

  synchronized void start(Adaptation microphone) {
    means.set(decoder, microphone.cepstralMean().orElse(ofStrangers));
    sphinx.start(decoder);
  }

  synchronized Hypothesis accept(short[] samples) {
    try (var arena = Arena.ofConfined()) {
      sphinx.process(decoder, arena.allocateFrom(JAVA_SHORT, samples), samples.length);
      return read(arena, false);
    }
  }

  synchronized Hypothesis end(Adaptation microphone) {
    sphinx.end(decoder);
    microphone.learn(means.of(decoder));
    try (var arena = Arena.ofConfined()) {
      return read(arena, true);
    }
  }

  private Hypothesis read(Arena arena, boolean posterior) {
    var first = arena.allocate(JAVA_INT);
    var last = arena.allocate(JAVA_INT);
    var scratch = arena.allocate(JAVA_INT);
    var words = new ArrayList<HeardWord>();
    var segment = sphinx.firstSegment(decoder);
    while (segment.address() != 0) {
      var text = sphinx.word(segment);
      if (spoken(text)) {
        sphinx.frames(segment, first, last);
        double sure = posterior ? sphinx.probability(decoder, segment, scratch) : 0.5;
        long from = first.get(JAVA_INT, 0) * FRAME_US;
        long to = (last.get(JAVA_INT, 0) + 1) * FRAME_US;
        words.add(new HeardWord(plain(text), from, to, Math.clamp(sure, 0, 1)));
      }
      segment = sphinx.nextSegment(segment);
    }
    return Hypothesis.of(words);
  }

  private static boolean spoken(String word) {
    return !word.startsWith("<") && !word.startsWith("[") && !word.startsWith("+");
  }

  /** Without the number of the pronunciation, as in {@code the(2)}. */
  private static String plain(String word) {
    int at = word.indexOf('(');
    return at > 0 ? word.substring(0, at) : word;
  }

  @Override
  public synchronized void close() {
    sphinx.free(decoder);
    sphinx.freeConfig(config);
  }
}
