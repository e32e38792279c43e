package dev.parley.documentsvc;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder for files that nobody misses after a restart. */
final class Scratch {
  private Scratch() {}

  /** Makes it, and removes the files that a run before left in it. */
  static Path empty(Path folder) {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path it : left.sorted(Comparator.reverseOrder()).toList()) {
          if (!it.equals(folder)) {
            Files.delete(it);
          }
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
