package dev.parley.rendersvc.face;

import java.util.SplittableRandom;

/** Independent streams of chance from one seed (SplitMix64, Steele et al. 2014). */
final class Seeds {
  private Seeds() {}

  static long mix(long z) {
    z += 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static SplittableRandom stream(long seed, int which) {
    return new SplittableRandom(mix(seed + which * 0x632be59bd9b4e019L));
  }
}
