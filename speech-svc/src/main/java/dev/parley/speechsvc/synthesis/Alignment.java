package dev.parley.speechsvc.synthesis;

import dev.parley.speechsvc.dsp.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Corrects the times that a voice plans by the sound that it made: a word after silence begins
 * where it is heard, and lips that were closed for p or b open at the burst, since the breath after
 * it leaves an open mouth.
 */
public final class Alignment {

  private static final Set<String> CLOSED = Set.of("p", "b");
  private static final double HEARD_DB = 20;
  private static final double DEEP_DB = 12;
  private static final double RISE = 0.35;
  private static final double NOISE_DB = 8;
  private static final int BEFORE = 8;
  private static final int AFTER = 12;
  private static final int LATEST = 40;
  private static final long LEAST_US = 20_000;

  private Alignment() {}

  /** The same phones with the ends of p and b at their bursts. */
  public static List<Phone> bursts(List<Phone> phones, Envelope sound) {
    var aligned = new ArrayList<>(phones);
    for (int i = 0; i + 1 < aligned.size(); i++) {
      var phone = aligned.get(i);
      var next = aligned.get(i + 1);
      if (CLOSED.contains(phone.symbol())) {
        long latest = next.endUs() - Envelope.STEP_US;
        long burst = Math.max(phone.startUs() + LEAST_US, burst(phone, sound));
        if (burst <= latest) {
          aligned.set(i, new Phone(phone.symbol(), phone.startUs(), burst));
          aligned.set(i + 1, new Phone(next.symbol(), burst, next.endUs()));
        }
      }
    }
    return List.copyOf(aligned);
  }

  /** Where the sound rises again after the most quiet step; the phone's end where it never fell. */
  private static long burst(Phone phone, Envelope sound) {
    int from = sound.step(phone.startUs());
    int to = sound.step(phone.endUs()) + 1;
    int least = sound.quietest(from, to);
    double floor = sound.level(least);
    double outer = sound.loudest(from - BEFORE, to + AFTER);
    if (outer - floor < DEEP_DB) {
      return phone.endUs();
    }
    double enough = floor + RISE * (outer - floor);
    for (int i = least + 1; i < to + AFTER; i++) {
      if (sound.level(i) >= enough && sound.level(i + 1) >= enough - NOISE_DB) {
        return i * Envelope.STEP_US;
      }
    }
    return phone.endUs();
  }

  /**
   * Where a word that follows silence is first heard: within {@value #HEARD_DB} dB of its loudest
   * step.
   */
  public static long onset(long startUs, long endUs, Envelope sound) {
    int from = sound.step(startUs);
    int to = Math.min(sound.step(endUs), from + LATEST);
    double enough = sound.loudest(from, sound.step(endUs)) - HEARD_DB;
    for (int i = from - BEFORE; i < to; i++) {
      if (sound.level(i) >= enough) {
        return Math.max(0, i * Envelope.STEP_US);
      }
    }
    return startUs;
  }
}
