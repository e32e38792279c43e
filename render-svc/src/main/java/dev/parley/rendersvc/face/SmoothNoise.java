package dev.parley.rendersvc.face;

/** Seeded, smooth one-dimensional value noise in -1 to 1: a function of time, with no state. */
final class SmoothNoise {
  private final long seed;

  SmoothNoise(long seed) {
    this.seed = seed;
  }

  /** Two octaves; {@code x} counts in periods, so one unit holds about one swing. */
  float at(int channel, double x) {
    return .72f * octave(channel, x) + .28f * octave(channel + 101, x * 2.3);
  }

  private float octave(int channel, double x) {
    long cell = (long) Math.floor(x);
    float t = (float) (x - cell);
    float s = t * t * t * (t * (t * 6 - 15) + 10);
    return Curve.mix(lattice(channel, cell), lattice(channel, cell + 1), s);
  }

  private float lattice(int channel, long cell) {
    return (Seeds.mix(seed ^ Seeds.mix(cell * 31 + channel)) >> 40) / (float) (1 << 23);
  }
}
