package dev.parley.speechsvc.synthesis;

import java.time.Duration;

/**
 * How much speech is needed.
 *
 * @param within how soon it is wanted; what is wanted sooner is made first
 * @param continues whether it goes on from something spoken before, so that it is not refused for
 *     coming late
 */
public record Need(Duration within, boolean continues) {

  /** Somebody waits for it. */
  public static final Need NOW = new Need(Duration.ZERO, false);

  /** It is for a file: whoever is listened to comes first. */
  public static final Need FILE = new Need(Duration.ofSeconds(10), false);

  /** The need of what follows after so many microseconds of sound. */
  public Need after(long us) {
    return us == 0 ? this : new Need(within.plusNanos(1000 * us), true);
  }
}
