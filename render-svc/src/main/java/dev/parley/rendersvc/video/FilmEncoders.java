package dev.parley.rendersvc.video;

import dev.parley.rendersvc.raster.Shot;

/** Opens encoders. Safe for use by many threads. */
public interface FilmEncoders {
  /**
   * A new film; its initialisation segment is ready at once. A rate of samples that the audio codec
   * does not have fails as an invalid argument.
   */
  FilmEncoder open(Shot shot, int fps, int sampleRateHz);
}
