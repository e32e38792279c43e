package dev.parley.speechsvc.flite;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives the beginning of a phrase away while the rest is made: flite knows all times before it
 * makes the first sample, and three quarters of its work is the samples. On flite's thread.
 */
final class FirstWords implements FliteReports.Progress {

  /** So much is made at once, samples. */
  static final int STEP = 800;

  /** The first words are heard so long at least, so that the rest is there before they are over. */
  private static final double LEAST_SECONDS = 0.3;

  /** A shorter rest is not worth a piece of its own. */
  private static final double LEAST_REST_SECONDS = 0.4;

  /** How much of what is heard after a word tells where in it lips open and voices rise. */
  private static final double AFTER_SECONDS = 0.12;

  /**
   * Sound that ends somewhere after its first words.
   *
   * @param words how many words are whole in it
   */
  record Begun(FliteSynthesizer.Raw raw, int words) {}

  private final FliteUtterance utterance;
  private final double warp;
  private final Consumer<Begun> out;
  private List<FliteUtterance.Segment> segments = List.of();
  private int words;
  private int needed;

  FirstWords(FliteUtterance utterance, double warp, Consumer<Begun> out) {
    this.utterance = utterance;
    this.warp = warp;
    this.out = out;
  }

  @Override
  public void made(MemorySegment wave, int samples) {
    if (segments.isEmpty()) {
      segments = utterance.segments();
      needed = needed(FliteUtterance.audio(wave, 0).rateHz());
    }
    if (samples >= needed) {
      needed = Integer.MAX_VALUE;
      var audio = FliteUtterance.audio(wave, samples);
      out.accept(new Begun(FliteSynthesizer.Raw.of(audio, segments, warp), words));
    }
  }

  /** How many samples the first words take; more than there ever are where nothing is to be cut. */
  private int needed(int rateHz) {
    int last = lastOfFirst();
    if (last < 0) {
      return Integer.MAX_VALUE;
    }
    words = segments.get(last).token() + 1;
    double seconds = segments.get(last).endSeconds() + AFTER_SECONDS * warp;
    return (int) Math.round(seconds * rateHz);
  }

  /** The segment that ends the first words; negative where nothing is to be cut. */
  private int lastOfFirst() {
    float end = segments.getLast().endSeconds();
    float from = -1;
    for (int i = 0; i + 1 < segments.size(); i++) {
      var segment = segments.get(i);
      int next = segments.get(i + 1).token();
      from = from < 0 && next >= 0 ? segment.endSeconds() : from;
      boolean ends = segment.token() >= 0 && next != segment.token();
      if (ends && from >= 0 && segment.endSeconds() - from >= LEAST_SECONDS * warp) {
        return end - segment.endSeconds() < LEAST_REST_SECONDS * warp ? -1 : i;
      }
    }
    return -1;
  }
}
