package dev.parley.rendersvc.raster;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.rendersvc.face.Blendshapes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Pictures by the page's own stage, drawn by three.js in a real Chromium. */
final class PagePictures {
  static final int SIZE = 512;
  private static final Path SCRIPT = Path.of("src/test/agreement/render.mjs");
  private static final Path MODELS = Path.of("../avatars/models");

  private final List<Map<String, Object>> requests = new ArrayList<>();

  /** Why there can be none here, if so. */
  static Optional<String> missing() {
    if (!Files.exists(Path.of("../web/node_modules/three"))) {
      return Optional.of("web/node_modules is not installed; run ./parley build");
    }
    return Files.isExecutable(chromium())
        ? Optional.empty()
        : Optional.of("no Chromium at " + chromium() + "; install chromium or set CHROMIUM");
  }

  private static Path chromium() {
    return Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium"));
  }

  /** Asks for a picture; head in radians and metres. */
  void ask(
      String name,
      String avatar,
      float[] weights,
      float[] head,
      String background,
      boolean marked) {
    Map<String, Float> named = new LinkedHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        named.put(Blendshapes.NAMES.get(i), weights[i]);
      }
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("name", name);
    request.put("model", "/" + avatar + ".glb");
    request.put("size", SIZE);
    request.put("framing", "portrait");
    request.put("background", background);
    request.put("weights", named);
    request.put("head", head);
    request.put("marked", marked);
    requests.add(request);
  }

  /** Draws all, to packed RGB by name. */
  Map<String, int[]> draw(Path folder) throws Exception {
    Path list = folder.resolve("requests.json");
    Files.write(list, new ObjectMapper().writeValueAsBytes(requests));
    Process node =
        new ProcessBuilder(
                "node", SCRIPT.toString(), list.toString(), MODELS.toString(), folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    if (!node.waitFor(10, TimeUnit.MINUTES) || node.exitValue() != 0) {
      node.destroyForcibly();
      throw new IllegalStateException("page not drawn: " + Files.readString(folder.resolve("log")));
    }
    Map<String, int[]> pictures = new LinkedHashMap<>();
    for (Map<String, Object> request : requests) {
      String name = (String) request.get("name");
      pictures.put(name, read(folder.resolve(name + ".png")));
    }
    return pictures;
  }

  private static int[] read(Path file) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    return image.getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
  }
}
