package dev.parley.rendersvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Outbound;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.Fragment;
import dev.parley.render.v1.VideoConfig;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.raster.Framing;
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.Film;
import dev.parley.rendersvc.video.FilmEncoders;
import dev.parley.rendersvc.video.FilmFragment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The film of one Animate call: made on the native pool, sent fragment by fragment. */
final class FilmStream implements AutoCloseable {
  private static final int FRAMES_A_TASK = 6;

  private final NativePool pool;
  private final Outbound<AnimateResponse> out;
  private final Film film;
  private final List<FaceFrame> waiting = new ArrayList<>();

  FilmStream(
      NativePool pool,
      FilmEncoders encoders,
      Supplier<Avatar> avatar,
      VideoConfig config,
      int fps,
      Outbound<AnimateResponse> out) {
    this.pool = pool;
    this.out = out;
    Shot shot = shot(config);
    int rate = config.getSampleRateHz() == 0 ? 24_000 : config.getSampleRateHz();
    film =
        pool.make(() -> new Film(avatar.get(), shot, encoders.open(shot, fps, rate)), Film::close);
  }

  void voice(float[] samples) {
    pool.run(() -> film.voice(samples));
  }

  void frame(FaceFrame frame) {
    waiting.add(frame);
    if (waiting.size() == FRAMES_A_TASK) {
      flush();
    }
  }

  void flush() {
    if (!waiting.isEmpty()) {
      List<FaceFrame> frames = List.copyOf(waiting);
      waiting.clear();
      send(pool.call(() -> film.shoot(frames)));
    }
  }

  void finish() {
    flush();
    send(pool.call(film::finish));
  }

  private void send(List<FilmFragment> fragments) {
    for (FilmFragment fragment : fragments) {
      out.send(
          AnimateResponse.newBuilder()
              .setFragment(
                  Fragment.newBuilder()
                      .setData(ByteString.copyFrom(fragment.data()))
                      .setInit(fragment.init())
                      .setStartUs(fragment.startUs())
                      .setDurationUs(fragment.durationUs())
                      .setMimeType(fragment.mimeType()))
              .build());
    }
  }

  private static Shot shot(VideoConfig config) {
    String background = config.getBackground();
    return new Shot(
        config.getWidth() == 0 ? 512 : config.getWidth(),
        config.getHeight() == 0 ? 512 : config.getHeight(),
        background.isEmpty() ? Shot.NEUTRAL : colour(background),
        Framing.named(config.getFraming()));
  }

  private static int colour(String text) {
    try {
      return Integer.parseInt(text.substring(1), 16);
    } catch (NumberFormatException e) {
      throw Failure.invalid("background", "expected #rrggbb");
    }
  }

  @Override
  public void close() {
    pool.release(film::close);
  }
}
