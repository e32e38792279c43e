package dev.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.parley.bench.report.Report;
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
import dev.parley.rendersvc.raster.Shot;
import dev.parley.rendersvc.video.Film;
import dev.parley.rendersvc.video.FilmEncoder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How many avatars one core keeps speaking at 512x512 and 30 pictures a second, by the CPU time of
 * the whole process (compiler and collector included): their faces alone, drawn, and drawn and
 * encoded.
 */
final class AvatarBench {
  private static final int FPS = 30;
  private static final int RATE = 24_000;

  /** Pictures at a time, as the service makes them. */
  private static final int TOGETHER = 6;

  private static final Shot SHOT = new Shot(512, 512, Shot.NEUTRAL, Framing.PORTRAIT);

  private AvatarBench() {}

  /** Films of {@code seconds}; each of the three has one to warm up and one that counts. */
  static Report run(int seconds) {
    Report report =
        new Report("avatars").with("seconds of film", seconds).with("size, pictures/s", "512, 30");
    GlbAvatars shelf = new GlbAvatars(Path.of(System.getProperty("bench.avatars")));
    for (String id : shelf.ids()) {
      Avatar avatar = shelf.load(id);
      film(avatar, frames(seconds, 0));
      draw(avatar, frames(seconds, 0));
      List<FaceFrame> frames = frames(seconds, 1);
      report.figure(id + ": drawn", seconds / cpu(() -> draw(avatar, frames)), "/core");
      report.atLeast(
          id + ": drawn and encoded", seconds / cpu(() -> film(avatar, frames)), 4, "/core");
    }
    frames(60, 2);
    return report.atLeast("faces alone", 600 / cpu(() -> frames(600, 3)), 500, "/core");
  }

  private static void draw(Avatar avatar, List<FaceFrame> frames) {
    CpuRasteriser rasteriser = new CpuRasteriser(avatar, SHOT);
    frames.forEach(rasteriser::draw);
  }

  private static void film(Avatar avatar, List<FaceFrame> frames) {
    FilmEncoder encoder = FragmentedMp4.encoders().open(SHOT, FPS, RATE);
    try (Film film = new Film(avatar, SHOT, encoder)) {
      float[] voice = new float[RATE / FPS * TOGETHER];
      Random random = new Random(7);
      for (int at = 0; at < frames.size(); at += TOGETHER) {
        for (int i = 0; i < voice.length; i++) {
          voice[i] = .1f * (float) random.nextGaussian();
        }
        film.voice(voice);
        film.shoot(frames.subList(at, Math.min(frames.size(), at + TOGETHER)));
      }
      film.finish();
    }
  }

  /** Speech of about twelve mouth shapes a second from the product's own animator. */
  private static List<FaceFrame> frames(int seconds, long seed) {
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

  private static double cpu(Runnable work) {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    work.run();
    return (system.getProcessCpuTime() - before) / 1e9;
  }
}
