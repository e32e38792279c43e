package dev.parley.speechsvc.recognition;

import dev.parley.speechsvc.dsp.Levels;

/**
 * Speech by its loudness above a floor that follows the room: the floor falls at once and rises
 * slowly, so speech does not lift it. For machines without a model.
 */
public final class EnergyGate implements VoiceDetector {

  private static final double RISE_DB = 0.06;
  private static final double LEAST_DBFS = -52;
  private static final double OPEN_DB = 9;
  private static final double WIDTH_DB = 6;

  @Override
  public String engine() {
    return "energy";
  }

  @Override
  public Stream open() {
    return new Floor();
  }

  private static final class Floor implements Stream {
    private double floor = -60;
    private double level = -100;

    @Override
    public double probability(short[] frame) {
      double now = Levels.dbfs(Levels.rms(frame, 0, frame.length));
      level = Math.max(now, level - 3);
      floor = now < floor ? floor + (now - floor) * 0.3 : floor + RISE_DB;
      if (level < LEAST_DBFS) {
        return 0;
      }
      return Math.clamp(0.5 + (level - floor - OPEN_DB) / WIDTH_DB, 0, 1);
    }
  }
}
