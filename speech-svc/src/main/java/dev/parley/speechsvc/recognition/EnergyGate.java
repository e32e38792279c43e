package dev.parley.speechsvc.recognition;

import dev.parley.speechsvc.dsp.Levels;
import java.util.Arrays;

/**
 * Speech by its loudness above a floor that follows the room, for machines without a model: the
 * floor is the least of the smoothed levels of the last {@value #BLOCKS} blocks of {@value #BLOCK}
 * frames, about a second and a half (minimum statistics, R. Martin 2001). Speech has gaps in that
 * time and does not lift it; a fan that is switched on does. It cannot tell speech from other
 * sounds that come and go, such as music.
 */
public final class EnergyGate implements VoiceDetector {

  private static final int BLOCK = 8;
  private static final int BLOCKS = 6;
  private static final double FALL_DB = 3;
  private static final double LEAST_DBFS = -52;
  private static final double OPEN_DB = 9;
  private static final double WIDTH_DB = 6;
  private static final double SMOOTH = 0.5;

  @Override
  public String engine() {
    return "energy";
  }

  @Override
  public Stream open() {
    return new Floor();
  }

  private static final class Floor implements Stream {
    private final double[] least = new double[BLOCKS];
    private double smooth = -60;
    private double level = -100;
    private int frames;

    Floor() {
      Arrays.fill(least, -60);
    }

    @Override
    public double probability(short[] frame) {
      double now = Levels.dbfs(Levels.rms(frame, 0, frame.length));
      level = Math.max(now, level - FALL_DB);
      smooth += SMOOTH * (now - smooth);
      int block = frames / BLOCK % BLOCKS;
      least[block] = frames % BLOCK == 0 ? smooth : Math.min(least[block], smooth);
      frames++;
      if (level < LEAST_DBFS) {
        return 0;
      }
      double floor = Arrays.stream(least).min().orElseThrow();
      return Math.clamp(0.5 + (level - floor - OPEN_DB) / WIDTH_DB, 0, 1);
    }
  }
}
