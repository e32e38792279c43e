package dev.parley.standalone.embedded;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The one folder that holds everything a standalone Parley keeps. Opening it takes a lock that the
 * system releases when the process dies, so two starts on one folder cannot meet.
 */
public final class DataFolder implements AutoCloseable {
  /**
   * Native libraries are unpacked there; what a killed process left is deleted at the next start.
   */
  private static final String TEMPORARY = "tmp";

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Opens a folder, making it when it is not there.
   *
   * @throws Failure FAILED_PRECONDITION when it cannot be written or another process holds it
   */
  public static DataFolder open(Path root) {
    try {
      Files.createDirectories(root);
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw Failure.of(
            Failure.Code.FAILED_PRECONDITION,
            "ALREADY_EXISTS",
            "data folder " + root + ": another Parley runs on it (stop it, or set PARLEY_DATA)");
      }
      empty(root.resolve(TEMPORARY));
      return new DataFolder(root.toRealPath(), channel);
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.FAILED_PRECONDITION,
              "STORE_FAILED",
              "data folder " + root + " cannot be written: " + e)
          .causedBy(e);
    }
  }

  /** A folder in it, made when it is not there. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.FAILED_PRECONDITION,
              "STORE_FAILED",
              "folder " + root.resolve(name) + " cannot be made: " + e)
          .causedBy(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path it : left.sorted(Comparator.reverseOrder()).toList()) {
          if (!it.equals(folder)) {
            Files.deleteIfExists(it);
          }
        }
      }
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
