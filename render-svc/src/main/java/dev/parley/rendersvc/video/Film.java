package dev.parley.rendersvc.video;

import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.raster.CpuRasteriser;
import dev.parley.rendersvc.raster.Rasteriser;
import dev.parley.rendersvc.raster.Shot;
import java.util.List;

/** Face frames and voice to a film of one avatar. One thread at a time. */
public final class Film implements AutoCloseable {
  private final Rasteriser rasteriser;
  private final FilmEncoder encoder;

  /** Takes the encoder over and closes it. */
  public Film(Avatar avatar, Shot shot, FilmEncoder encoder) {
    this.rasteriser = new CpuRasteriser(avatar, shot);
    this.encoder = encoder;
  }

  /** Adds voice that follows what came before. */
  public void voice(float[] samples) {
    encoder.voice(samples);
  }

  /** Draws and encodes the frames; returns what became ready. */
  public List<FilmFragment> shoot(List<FaceFrame> frames) {
    for (FaceFrame frame : frames) {
      encoder.picture(rasteriser.draw(frame));
    }
    return encoder.take();
  }

  /** Ends the film; returns the rest. */
  public List<FilmFragment> finish() {
    encoder.finish();
    return encoder.take();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
