package dev.parley.rendersvc.raster;

/**
 * The light of the room all round, as the page has it: three.js' RoomEnvironment at 0.6. Numbers:
 * its nine spherical harmonics by LightProbeGenerator, as a polynomial of the direction, for matt
 * surfaces (the irradiance over pi); for shine, the same polynomial fitted to a mirror ball of
 * roughness 0.56 under its PMREM.
 */
final class Studio {
  private static final float STRENGTH = .6f;
  private static final float LEFT_TO_MATT = .96f;

  private Studio() {}

  /** Light from everywhere on a matt surface that faces x, y, z. */
  static float matt(float x, float y, float z) {
    float even = .5726f + .0338f * x * y + .1697f * y * z + .1691f * z * z;
    float odd = .3383f * y + .3103f * z + .0519f * x;
    return LEFT_TO_MATT * (even + odd - .0561f * x * z - .0495f * (x * x - y * y));
  }

  /** The room's radiance from x, y, z as a surface of middling roughness mirrors it. */
  static float mirrored(float x, float y, float z) {
    float even = .933f + .062f * x * y + .647f * y * z + .87f * z * z;
    float odd = .087f * x + .656f * y + .409f * z;
    return STRENGTH * (even + odd - .237f * x * z - .163f * (x * x - y * y));
  }

  /** The share of what is mirrored: Karis' fit to the split sum, for one roughness. */
  static final class Mirror {
    private final float base;
    private final float grow;
    private final float f0;
    private final float rest;

    Mirror(float roughness, float specular) {
      base = 1 - roughness;
      grow = -.0275f * roughness + .0425f;
      f0 = .04f * specular;
      rest = specular;
    }

    /** At a cosine to the eye. */
    float share(float facing) {
      float t = 1 - facing;
      float edge = t * t * t;
      float a = Math.min(base * base, edge * edge) * base + grow;
      float rough = 1 - base;
      float scale = -1.04f * a + 1.04f - .572f * rough;
      float bias = Math.max(0f, 1.04f * a - .04f + .022f * rough);
      return f0 * scale + rest * bias;
    }
  }
}
