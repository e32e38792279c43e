package dev.parley.speechsvc.flite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.parley.speechsvc.dsp.Pcm;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One synthesis: the native utterance and every string given to it live until {@link #close}. One
 * thread, which must be a platform thread.
 */
final class FliteUtterance implements AutoCloseable {

  /**
   * A sound and where it ends.
   *
   * @param token which blank-separated word of the text it belongs to, -1 for none
   */
  record Segment(String phone, float endSeconds, int token) {}

  private final FliteLibrary flite;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment utterance;

  FliteUtterance(FliteLibrary flite, MemorySegment voice, String text) {
    this.flite = flite;
    utterance = flite.newUtterance();
    flite.setInputText(utterance, arena.allocateFrom(text));
    flite.initialise(utterance, voice);
  }

  void set(String feature, double value) {
    flite.setFloat(utterance, arena.allocateFrom(feature), (float) value);
  }

  /** Has that told each {@code samples} samples while the sound is made. */
  void report(FliteReports reports, int samples, FliteReports.Progress progress) {
    reports.begin(utterance, arena.allocateFrom("streaming_info"), samples, progress);
  }

  /** Whether there is sound. */
  boolean synthesize() {
    return !FliteLibrary.none(flite.synthesize(utterance));
  }

  Pcm audio() {
    var wave = flite.wave(utterance);
    return audio(wave, wave.get(JAVA_INT, 12));
  }

  /** The first samples of a {@code cst_wave}. */
  static Pcm audio(MemorySegment wave, int count) {
    int rate = wave.get(JAVA_INT, 8);
    var samples = wave.get(ADDRESS, 24).reinterpret((long) count * Short.BYTES);
    return new Pcm(samples.toArray(JAVA_SHORT), rate);
  }

  List<Segment> segments() {
    var segment = arena.allocateFrom("Segment");
    var syllables = arena.allocateFrom("SylStructure");
    var token = arena.allocateFrom("Token");
    var name = arena.allocateFrom("name");
    var end = arena.allocateFrom("end");
    var tokens = tokenOrder(token);
    var segments = new ArrayList<Segment>();
    for (var i = flite.head(utterance, segment); !FliteLibrary.none(i); i = flite.next(i)) {
      var word = flite.parent(flite.parent(flite.as(i, syllables)));
      var owner = flite.parent(flite.as(word, token));
      segments.add(
          new Segment(
              flite.string(i, name),
              flite.number(i, end),
              tokens.getOrDefault(owner.address(), -1)));
    }
    return segments;
  }

  private Map<Long, Integer> tokenOrder(MemorySegment token) {
    var order = new HashMap<Long, Integer>();
    for (var i = flite.head(utterance, token); !FliteLibrary.none(i); i = flite.next(i)) {
      order.put(i.address(), order.size());
    }
    return order;
  }

  @Override
  public void close() {
    flite.delete(utterance);
    arena.close();
  }
}
