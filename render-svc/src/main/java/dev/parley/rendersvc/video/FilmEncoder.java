package dev.parley.rendersvc.video;

import dev.parley.rendersvc.raster.Picture;
import java.util.List;

/**
 * Pictures and voice in, fragments of one MP4 out; picture and voice share the media clock. Not
 * thread-safe, and native: to be called on the native pool. Anything that cannot be encoded fails
 * with the reason RENDER_FAILED.
 */
public interface FilmEncoder extends AutoCloseable {
  /** Adds voice that follows what came before: mono in -1 to 1. */
  void voice(float[] samples);

  /** Adds the next picture; where the voice given does not reach it, silence is put. */
  void picture(Picture picture);

  /** Ends the film: everything left goes into a last fragment. */
  void finish();

  /** The fragments that are ready, in order; each is handed out once. */
  List<FilmFragment> take();

  /** Frees native memory; safe to call twice. */
  @Override
  void close();
}
