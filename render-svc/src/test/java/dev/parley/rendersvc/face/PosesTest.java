package dev.parley.rendersvc.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PosesTest {
  @Test
  void theMouthShapesAreThoseTheAvatarsWereMadeFor() throws IOException {
    JsonNode visemes =
        new ObjectMapper().readTree(Path.of("../avatars/poses.json").toFile()).get("visemes");
    assertThat(visemes.size()).isEqualTo(Viseme.values().length);
    visemes.fieldNames().forEachRemaining(name -> assertSame(name, visemes.get(name)));
  }

  private static void assertSame(String name, JsonNode pose) {
    Viseme viseme = Viseme.named(name).orElseThrow();
    for (int i = 0; i < Blendshapes.COUNT; i++) {
      float given = (float) pose.path(Blendshapes.NAMES.get(i)).asDouble(0);
      assertThat(viseme.weight(i)).as(name + " " + Blendshapes.NAMES.get(i)).isEqualTo(given);
    }
  }
}
