package dev.parley.speechsvc.synthesis;

/**
 * How a phrase is said.
 *
 * @param speed 1 is the voice's own; clamped to 0.5 to 2
 * @param pitch factor on the voice's own pitch; clamped to 0.5 to 2
 * @param volume factor on the amplitude; clamped to 0 to 4, peaks are held below full scale
 */
public record Prosody(double speed, double pitch, double volume) {

  /** The voice as it is. */
  public static final Prosody PLAIN = new Prosody(1, 1, 1);

  public Prosody {
    speed = Math.clamp(speed, 0.5, 2);
    pitch = Math.clamp(pitch, 0.5, 2);
    volume = Math.clamp(volume, 0, 4);
  }
}
