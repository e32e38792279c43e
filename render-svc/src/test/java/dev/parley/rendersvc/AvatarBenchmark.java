package dev.parley.rendersvc;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.rendersvc.avatar.Avatar;
import dev.parley.rendersvc.face.FaceActivity;
import dev.parley.rendersvc.face.FaceAnimator;
import dev.parley.rendersvc.face.FaceFrame;
import dev.parley.rendersvc.face.FaceSettings;
import dev.parley.rendersvc.face.Viseme;
import dev.parley.rendersvc.face.VisemeSpan;
import dev.parley.rendersvc.ffmpeg.FragmentedMp4;
import dev.parley.rendersvc.gltf.GlbAvatars;
import dev.parley.rendersvc.raster.CpuRasteriser;
import dev.parley.rendersvc.raster.Framing;
import dev.parley.rendersvc.raster.Picture;
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.FilmEncoder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How many avatars one core keeps speaking at 512x512 and 30 pictures a second, by the CPU time of
 * the whole process (compiler and collector included): drawn alone, and drawn and encoded.
 *
 * <p>Arguments: folder of the avatars, seconds of film a round (20), rounds (3), avatar (all). The
 * first round warms up and is printed as such.
 */
public final class AvatarBenchmark {
  private static final int FPS = 30;
  private static final Shot SHOT = new Shot(512, 512, Shot.NEUTRAL, Framing.PORTRAIT);

  private AvatarBenchmark() {}

  /** Prints one line an avatar and round. */
  public static void main(String[] args) {
    GlbAvatars shelf = new GlbAvatars(Path.of(args.length > 0 ? args[0] : "avatars/models"));
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    for (String id : args.length > 3 ? List.of(args[3]) : shelf.ids()) {
      Avatar avatar = shelf.load(id);
      for (int round = 0; round < rounds; round++) {
        print(id, round, seconds, frames(seconds, round), avatar);
      }
    }
  }

  private static void print(
      String id, int round, int seconds, List<FaceFrame> frames, Avatar avatar) {
    CpuRasteriser rasteriser = new CpuRasteriser(avatar, SHOT);
    double draw = cpuSeconds(() -> frames.forEach(rasteriser::draw));
    double both = cpuSeconds(() -> film(rasteriser, frames));
    System.out.printf(
        "%s round %d%s: %.1f avatars/core drawn and encoded, %.1f drawn; ms a picture: %.2f, %.2f%n",
        id,
        round,
        round == 0 ? " (warming up)" : "",
        seconds / both,
        seconds / draw,
        1000 * both / frames.size(),
        1000 * draw / frames.size());
  }

  private static void film(CpuRasteriser rasteriser, List<FaceFrame> frames) {
    try (FilmEncoder encoder = FragmentedMp4.encoders().open(SHOT, FPS, 24_000)) {
      float[] voice = new float[24_000 / FPS];
      Random random = new Random(7);
      for (FaceFrame frame : frames) {
        for (int i = 0; i < voice.length; i++) {
          voice[i] = .1f * (float) random.nextGaussian();
        }
        Picture picture = rasteriser.draw(frame);
        encoder.voice(voice);
        encoder.picture(picture);
        encoder.take();
      }
      encoder.finish();
    }
  }

  /** Speech of about twelve mouth shapes a second, with pauses, from the product's own animator. */
  static List<FaceFrame> frames(int seconds, long seed) {
    FaceAnimator animator = new FaceAnimator(new FaceSettings(FPS, seed, 1), FaceActivity.SPEAKING);
    Random random = new Random(seed);
    Viseme[] all = Viseme.values();
    long end = seconds * 1_000_000L;
    for (long at = 0; at < end; ) {
      long length = 50_000 + random.nextInt(70_000);
      animator.add(new VisemeSpan(all[random.nextInt(all.length)], at, at + length));
      at += length;
    }
    List<FaceFrame> frames = new ArrayList<>();
    animator.advance(end, frames::add);
    return frames;
  }

  private static double cpuSeconds(Runnable work) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - before) / 1e9;
  }
}
