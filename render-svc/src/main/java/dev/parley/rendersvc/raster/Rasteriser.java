package dev.parley.rendersvc.raster;

import dev.parley.rendersvc.face.FaceFrame;

/** Draws one avatar's frames. Not thread-safe: one belongs to one stream. */
public interface Rasteriser {
  /** Draws the frame; the picture is valid until the next call. */
  Picture draw(FaceFrame frame);
}
