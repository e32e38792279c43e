package dev.parley.orchestrator.character;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The characters that come with the product, in the order they are shown. */
public final class ShippedCharacters {
  private static final List<String> IDS = List.of("ada", "marcus", "zuri");
  private static final Instant MADE = Instant.parse("2026-11-21T00:00:00Z");

  private ShippedCharacters() {}

  /** All of them, read from this module's resources. */
  public static List<Character> all() {
    return IDS.stream().map(ShippedCharacters::read).toList();
  }

  private static Character read(String id) {
    String path = "/characters/" + id + ".character";
    try (var in = ShippedCharacters.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " (expected on the class path)");
      }
      return CharacterFile.read(id, new String(in.readAllBytes(), StandardCharsets.UTF_8), MADE);
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }
}
