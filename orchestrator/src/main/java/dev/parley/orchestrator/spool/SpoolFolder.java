package dev.parley.orchestrator.spool;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.ids.Ids;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files that each hold one thing that waits: a line that says what it is, then its
 * bytes. A file is there as a whole or not at all, also after the power failed. Each process has
 * one of its own below a common one, and whoever starts next takes on what is left in it.
 * Thread-safe.
 */
final class SpoolFolder implements AutoCloseable {
  private static final int MOST_PROCESSES = 64;
  private static final String ENDING = ".waits";
  private static final String REFUSED = ".refused";
  private static final Pattern NAME = Pattern.compile("\\d{16}\\" + ENDING);

  private final Path folder;
  private final FileChannel lock;

  private SpoolFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** The first below {@code common} that no other process has. */
  static SpoolFolder open(Path common) {
    try {
      for (int i = 0; i < MOST_PROCESSES; i++) {
        Path folder = Files.createDirectories(common.resolve(Integer.toString(i)));
        FileChannel lock =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isMine(lock)) {
          SpoolFolder mine = new SpoolFolder(folder, lock);
          mine.takeOver(common);
          return mine;
        }
        lock.close();
      }
    } catch (IOException e) {
      throw failed(common, e);
    }
    throw Failure.invalid(
        "orchestrator.spool-folder", common + " is used by " + MOST_PROCESSES + " processes");
  }

  /** What processes left that nobody starts again, as where there are fewer replicas now. */
  private void takeOver(Path common) throws IOException {
    for (int i = 0; i < MOST_PROCESSES; i++) {
      Path other = common.resolve(Integer.toString(i));
      if (other.equals(folder) || !Files.exists(other.resolve("lock"))) {
        continue;
      }
      try (FileChannel lock = FileChannel.open(other.resolve("lock"), StandardOpenOption.WRITE)) {
        if (isMine(lock)) {
          takeAll(new SpoolFolder(other, lock).files());
        }
      }
    }
  }

  private void takeAll(List<Path> left) throws IOException {
    List<Path> own = files();
    long number = own.isEmpty() ? 0 : number(own.getLast());
    for (Path file : left) {
      Files.move(file, folder.resolve(name(++number)), StandardCopyOption.ATOMIC_MOVE);
    }
    if (!left.isEmpty()) {
      forceNames();
    }
  }

  private static String name(long number) {
    return String.format("%016d", number) + ENDING;
  }

  private static boolean isMine(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException mineAlready) {
      return false;
    }
  }

  /** What is there, in the order in which it came. */
  List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(it -> NAME.matcher(it.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** Keeps it under that number; fails with STORE_FAILED when the disk does not take it. */
  Path write(long number, Waiting what, byte[] bytes) {
    Path file = folder.resolve(name(number));
    Path half = folder.resolve(number + ".half");
    try {
      try (FileChannel out =
          FileChannel.open(
              half,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeAll(out, (what.line() + "\n").getBytes(StandardCharsets.UTF_8));
        writeAll(out, bytes);
        out.force(true);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      forceNames();
      return file;
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  /** A new name outlives a power failure only once its folder is written, too (fsync(2)). */
  private void forceNames() throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static void writeAll(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      out.write(rest);
    }
  }

  static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }

  static Waiting what(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Waiting.of(line(in));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  static byte[] bytes(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      line(in);
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int it = in.read(); it >= 0 && it != '\n'; it = in.read()) {
      line.write(it);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /**
   * Puts it aside for people to look at: its store is there and does not take it. What an earlier
   * process put aside under the same number stays beside it.
   */
  static void setAside(Path file) {
    try {
      Files.move(file, file.resolveSibling(file.getFileName() + "." + Ids.next() + REFUSED));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static Failure failed(Path where, IOException e) {
    return Failure.of(
            Failure.Code.UNAVAILABLE, "STORE_FAILED", where.getFileName() + ": it is not kept")
        .retryAfter(Duration.ofSeconds(5))
        .causedBy(e);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
