package dev.parley.documentsvc;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder for files that nobody misses after a restart. */
final class Scratch {
  private Scratch() {}

  /** Makes it, and removes the files that a run before left in it. */
  static Path empty(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.filter(Files::isRegularFile).toList()) {
          Files.delete(file);
        }
      }
      return folder;
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE, "STORE_FAILED", "folder " + folder + " cannot be used")
          .causedBy(e);
    }
  }
}
