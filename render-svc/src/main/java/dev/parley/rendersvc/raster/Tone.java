package dev.parley.rendersvc.raster;

/** From linear light to the screen: Khronos PBR neutral tone mapping, then sRGB. */
final class Tone {
  private static final float START = .8f - .04f;
  private static final float DESATURATION = .15f;
  private static final float[] LINEAR = new float[256];
  private static final byte[] SRGB = new byte[4096];

  static {
    for (int i = 0; i < 256; i++) {
      double c = i / 255.0;
      LINEAR[i] = (float) (c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4));
    }
    for (int i = 0; i < SRGB.length; i++) {
      double c = Math.pow(i / (SRGB.length - 1.0), 2);
      double s = c <= .0031308 ? c * 12.92 : 1.055 * Math.pow(c, 1 / 2.4) - .055;
      SRGB[i] = (byte) Math.round(s * 255);
    }
  }

  private Tone() {}

  /** Linear value of an sRGB byte. */
  static float linear(int srgb) {
    return LINEAR[srgb];
  }

  /** One pixel, tone mapped: packed RGB. */
  static int map(float r, float g, float b) {
    float low = Math.min(r, Math.min(g, b));
    float offset = low < .08f ? low - 6.25f * low * low : .04f;
    r -= offset;
    g -= offset;
    b -= offset;
    float peak = Math.max(r, Math.max(g, b));
    if (peak > START) {
      float d = 1 - START;
      float compressed = 1 - d * d / (peak + d - START);
      float scale = compressed / peak;
      float white = 1 - 1 / (DESATURATION * (peak - compressed) + 1);
      r = mix(r * scale, compressed, white);
      g = mix(g * scale, compressed, white);
      b = mix(b * scale, compressed, white);
    }
    return srgb(r) << 16 | srgb(g) << 8 | srgb(b);
  }

  private static float mix(float a, float b, float t) {
    return a + (b - a) * t;
  }

  private static int srgb(float c) {
    float root = (float) Math.sqrt(c < 0 ? 0 : Math.min(c, 1));
    return SRGB[(int) (root * (SRGB.length - 1) + .5f)] & 255;
  }
}
