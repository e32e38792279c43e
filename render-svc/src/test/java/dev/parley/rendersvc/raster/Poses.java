package dev.parley.rendersvc.raster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.rendersvc.face.Blendshapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The mouth shapes of {@code avatars/poses.json}. */
final class Poses {
  private Poses() {}

  static float[] viseme(String name) {
    try {
      JsonNode all = new ObjectMapper().readTree(Path.of("../avatars/poses.json").toFile());
      float[] weights = new float[Blendshapes.COUNT];
      all.get("visemes")
          .get(name)
          .fields()
          .forEachRemaining(
              e -> weights[Blendshapes.index(e.getKey())] = e.getValue().floatValue());
      return weights;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
