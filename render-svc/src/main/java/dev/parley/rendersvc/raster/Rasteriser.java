package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.face.FaceFrame;

/** Draws one avatar's frames. Not thread-safe: one belongs to one stream. */
public interface Rasteriser {
  /** Draws the frame; the picture is valid until the call after the next. */
  Picture draw(FaceFrame frame);

  /**
   * The picture of a frame whose moment lies between those of the last two that were drawn, whose
   * pictures stay valid: what moves little from one to the other is mixed from them, the rest is
   * drawn. Valid until the next call.
   */
  Picture between(FaceFrame frame);
}
