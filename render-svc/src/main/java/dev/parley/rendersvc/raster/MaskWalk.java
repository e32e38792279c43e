package dev.parley.rendersvc.raster;

/** Whether a masked triangle is there, read off its texture while walking along a row. */
final class MaskWalk {
  private static final int FRACTION = 12;

  private Strands strands;
  private float uStart;
  private float uX;
  private float uY;
  private float vStart;
  private float vX;
  private float vY;
  private int u;
  private int v;

  /**
   * Sets out over a triangle, its corners given as three times the vertex, {@code inverse} one over
   * twice its size; rows are counted from {@code firstRow}.
   */
  void over(Body body, int a, int b, int c, float inverse, int firstRow) {
    strands = body.strands;
    float[] uv = body.part.uvs();
    float[] s = body.screen;
    float bx = s[b] - s[a], by = s[b + 1] - s[a + 1];
    float cx = s[c] - s[a], cy = s[c + 1] - s[a + 1];
    int at = a / 3 * 2;
    int bt = b / 3 * 2;
    int ct = c / 3 * 2;
    float wide = strands.width << FRACTION;
    float high = strands.height << FRACTION;
    float ub = (uv[bt] - uv[at]) * wide, uc = (uv[ct] - uv[at]) * wide;
    float vb = (uv[bt + 1] - uv[at + 1]) * high, vc = (uv[ct + 1] - uv[at + 1]) * high;
    uX = (uc * by - ub * cy) * inverse;
    uY = (ub * cx - uc * bx) * inverse;
    vX = (vc * by - vb * cy) * inverse;
    vY = (vb * cx - vc * bx) * inverse;
    float x = s[a] - .5f;
    float y = s[a + 1] - .5f - firstRow;
    uStart = uv[at] * wide - x * uX - y * uY;
    vStart = uv[at + 1] * high - x * vX - y * vY;
  }

  /** Goes to a sample. */
  void start(int x, int y) {
    u = (int) (uStart + x * uX + y * uY);
    v = (int) (vStart + x * vX + y * vY);
  }

  void step() {
    u += (int) uX;
    v += (int) vX;
  }

  /** Whether there is something here. */
  boolean solid() {
    int x = u >> FRACTION & strands.width - 1;
    int y = v >> FRACTION & strands.height - 1;
    return strands.mask[(y << strands.shift) + x] != 0;
  }
}
