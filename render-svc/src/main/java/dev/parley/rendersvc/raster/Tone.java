package dev.parley.rendersvc.raster;

/** From linear light to the screen: Khronos PBR neutral tone mapping, then sRGB. */
final class Tone {
  private static final float START = .8f - .04f;
  private static final float DESATURATION = .15f;
  private static final float[] LINEAR = new float[256];
  private static final int MANTISSA = 15;
  private static final int LEAST = Float.floatToRawIntBits(0x1p-14f) >> MANTISSA;
  private static final int ONE = (Float.floatToRawIntBits(1f) >> MANTISSA) - LEAST;

  /** By the upper bits of a float: steps a 256th of the value wide. */
  private static final byte[] SRGB = new byte[ONE + 1];

  private static final float PEAKS = 256;
  private static final int BRIGHTEST = (int) (8 * PEAKS) - 1;

  /** By the brightest channel: what all are multiplied by, and what is added. */
  private static final float[] SCALE = new float[BRIGHTEST + 1];

  private static final float[] WHITE = new float[BRIGHTEST + 1];

  static {
    for (int i = 0; i < 256; i++) {
      double c = i / 255.0;
      LINEAR[i] = (float) (c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4));
    }
    for (int i = 0; i < SRGB.length; i++) {
      double c = Float.intBitsToFloat((i + LEAST << MANTISSA) + (1 << MANTISSA - 1));
      double s = c <= .0031308 ? c * 12.92 : 1.055 * Math.pow(c, 1 / 2.4) - .055;
      SRGB[i] = (byte) Math.min(255, Math.round(s * 255));
    }
    for (int i = 0; i <= BRIGHTEST; i++) {
      bright(i, (i + .5f) / PEAKS);
    }
  }

  private static void bright(int i, float peak) {
    float d = 1 - START;
    float compressed = peak < START ? peak : 1 - d * d / (peak + d - START);
    float white = peak < START ? 0 : 1 - 1 / (DESATURATION * (peak - compressed) + 1);
    SCALE[i] = compressed / peak * (1 - white);
    WHITE[i] = compressed * white;
  }

  private Tone() {}

  /** Linear value of an sRGB byte. */
  static float linear(int srgb) {
    return LINEAR[srgb];
  }

  /** One pixel, tone mapped: packed RGB. */
  static int map(float r, float g, float b) {
    float low = r < g ? r : g;
    low = b < low ? b : low;
    float offset = low < .08f ? low - 6.25f * low * low : .04f;
    r -= offset;
    g -= offset;
    b -= offset;
    float peak = r > g ? r : g;
    peak = b > peak ? b : peak;
    if (peak > START) {
      int i = Math.min(BRIGHTEST, (int) (peak * PEAKS));
      r = r * SCALE[i] + WHITE[i];
      g = g * SCALE[i] + WHITE[i];
      b = b * SCALE[i] + WHITE[i];
    }
    return srgb(r) << 16 | srgb(g) << 8 | srgb(b);
  }

  /** The sRGB byte of a linear value. */
  static int srgb(float c) {
    int i = (Float.floatToRawIntBits(c) >> MANTISSA) - LEAST;
    return SRGB[Math.max(0, Math.min(i, ONE))] & 255;
  }
}
