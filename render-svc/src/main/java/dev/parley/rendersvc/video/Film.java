package dev.parley.rendersvc.video;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.raster.CpuRasteriser;
import dev.parley.rendersvc.raster.Picture;
import dev.parley.rendersvc.raster.Rasteriser;
import dev.parley.rendersvc.raster.Shot;
import java.util.List;

/**
 * Face frames and voice to a film of one avatar. Threads take turns; a film that was closed while
 * another thread waited for it takes nothing more, since its memory is native and gone.
 */
public final class Film implements AutoCloseable {
  /** Pictures in a row that are not drawn whole. */
  private static final int MIXED = 1;

  private final Rasteriser rasteriser;
  private final FilmEncoder encoder;
  private boolean begun;
  private boolean closed;

  /** Takes the encoder over and closes it. */
  public Film(Avatar avatar, Shot shot, FilmEncoder encoder) {
    this.rasteriser = new CpuRasteriser(avatar, shot);
    this.encoder = encoder;
  }

  /** Adds voice that follows what came before. */
  public synchronized void voice(float[] samples) {
    if (!closed) {
      encoder.voice(samples);
    }
  }

  /**
   * Draws and encodes the frames; returns what became ready. Every other one is drawn whole; the
   * one before it is drawn where something moves and mixed elsewhere.
   */
  public synchronized List<FilmFragment> shoot(List<FaceFrame> frames) {
    if (closed) {
      return List.of();
    }
    int next = 0;
    while (next < frames.size()) {
      int key = begun ? Math.min(next + MIXED, frames.size() - 1) : next;
      Picture after = rasteriser.draw(frames.get(key));
      for (; next < key; next++) {
        encoder.picture(rasteriser.between(frames.get(next)));
      }
      encoder.picture(after);
      begun = true;
      next++;
    }
    return encoder.take();
  }

  /** Ends the film; returns the rest. */
  public synchronized List<FilmFragment> finish() {
    if (closed) {
      return List.of();
    }
    encoder.finish();
    return encoder.take();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      encoder.close();
    }
  }
}
