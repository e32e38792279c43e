package dev.parley.documentsvc.reader;

import dev.parley.documentsvc.library.Format;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files made to break what reads them. */
final class HostileFiles {
  /** One of them. */
  record Hostile(String name, Format format, byte[] bytes) {}

  private final List<Hostile> all = new ArrayList<>();

  static List<Hostile> all() {
    HostileFiles files = new HostileFiles();
    HostilePdfs.addTo(files);
    HostilePackages.addTo(files);
    HostileTexts.addTo(files);
    return files.all;
  }

  void add(String name, Format format, byte[] bytes) {
    all.add(new Hostile(format + " " + name, format, bytes));
  }

  void add(String name, Format format, String text) {
    add(name, format, text.getBytes(StandardCharsets.UTF_8));
  }

  void broken(Format format, byte[] good, int cuts, int flips) {
    for (int i = 1; i <= cuts; i++) {
      add(
          "cut at " + i + "/" + (cuts + 1),
          format,
          Arrays.copyOf(good, good.length * i / (cuts + 1)));
    }
    for (int seed = 1; seed <= flips; seed++) {
      byte[] bad = good.clone();
      Random random = new Random(seed);
      for (int i = 0; i < 1 + bad.length / 60; i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      add("damaged with seed " + seed, format, bad);
    }
  }
}
