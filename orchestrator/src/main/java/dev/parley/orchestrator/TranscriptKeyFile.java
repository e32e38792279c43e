package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that keys of transcripts are sealed with, in a file: a line each, 32 bytes in base64.
 * The first seals what is new, the others still open what is older.
 */
final class TranscriptKeyFile {
  private TranscriptKeyFile() {}

  /** None without a file. Fails with INVALID_ARGUMENT that names the setting. */
  static List<Seal> read(Optional<String> path) {
    return path.map(TranscriptKeyFile::read).orElse(List.of());
  }

  private static List<Seal> read(String path) {
    try {
      List<Seal> keys =
          Files.readAllLines(Path.of(path)).stream()
              .map(String::strip)
              .filter(it -> !it.isEmpty())
              .map(it -> new Seal(Base64.getDecoder().decode(it)))
              .toList();
      if (keys.isEmpty()) {
        throw wrong(path, "is empty");
      }
      return keys;
    } catch (IOException e) {
      throw wrong(path, "cannot be read").causedBy(e);
    } catch (IllegalArgumentException e) {
      throw wrong(path, "holds something else").causedBy(e);
    }
  }

  private static Failure wrong(String path, String what) {
    return Failure.invalid(
        "orchestrator.transcript-key-file",
        path
            + " "
            + what
            + " (expected lines of 32 bytes in base64; one is made by:"
            + " head -c 32 /dev/urandom | base64)");
  }
}
