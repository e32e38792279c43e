package dev.parley.cli.doctor;

import dev.parley.cli.doctor.Doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has of what Parley can use. */
final class Machine {
  private static final long LITTLE_SPACE = 1L << 30;
  private static final List<String> LIBRARIES =
      List.of(
          "/usr/lib/x86_64-linux-gnu",
          "/usr/lib/aarch64-linux-gnu",
          "/usr/lib64",
          "/usr/lib",
          "/usr/local/lib",
          "/opt/homebrew/lib");

  /** A program or library with what it is for and the packages that bring it. */
  private record Wanted(String name, String file, boolean needed, String use, String packages) {}

  private static final List<Wanted> WANTED =
      List.of(
          new Wanted("flite", "libflite.so.1", true, "gives characters a voice", "libflite1"),
          new Wanted(
              "pocketsphinx",
              "libpocketsphinx.so.3",
              true,
              "understands speech",
              "libpocketsphinx3 pocketsphinx-en-us"),
          new Wanted(
              "English model",
              "/usr/share/pocketsphinx/model/en-us/en-us/mdef",
              true,
              "understands speech",
              "pocketsphinx-en-us"),
          new Wanted(
              "redis-server", "redis-server", false, "newer than the embedded one", "redis-server"),
          new Wanted("ffmpeg", "ffmpeg", false, "used by ./parley test", "ffmpeg"),
          new Wanted("chromium", "chromium", false, "used by ./parley test", "chromium"),
          new Wanted("node", "node", false, "builds the page", "nodejs npm"));

  private Machine() {}

  /** Looks at Java, libraries, programs and the data folder. */
  static List<Finding> look(Map<String, String> environment) {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("java", Runtime.version() + ", " + System.getProperty("java.home")));
    WANTED.forEach(wanted -> findings.add(finding(wanted, environment)));
    findings.add(folder(Doctor.data(environment).toAbsolutePath()));
    return findings;
  }

  private static Finding finding(Wanted wanted, Map<String, String> environment) {
    Optional<Path> where = find(wanted.file(), environment);
    if (where.isPresent()) {
      return Finding.ok(wanted.name(), where.get() + " (" + wanted.use() + ")");
    }
    return new Finding(
        wanted.needed() ? Finding.Mark.PROBLEM : Finding.Mark.MISSING,
        wanted.name(),
        "not found (" + wanted.use() + ")",
        Optional.of("sudo apt-get install -y " + wanted.packages()));
  }

  /** A program on the PATH, a library in the usual places, or a file by its whole path. */
  static Optional<Path> find(String file, Map<String, String> environment) {
    if (file.startsWith("/")) {
      return Optional.of(Path.of(file)).filter(Files::exists);
    }
    String path = environment.getOrDefault("PATH", "");
    return Stream.concat(Stream.of(path.split(":")), LIBRARIES.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, file))
        .filter(Files::exists)
        .findFirst();
  }

  /** The folder that holds everything, or the nearest one above it that is there. */
  static Finding folder(Path data) {
    Path there = data;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
      return new Finding(
          Finding.Mark.PROBLEM,
          "data folder",
          data + " cannot be written",
          Optional.of("PARLEY_DATA=/a/folder/of/yours ./parley up"));
    }
    try {
      long free = Files.getFileStore(there).getUsableSpace();
      String detail = data + ", " + (free >> 20) + " MiB free";
      return free > LITTLE_SPACE
          ? Finding.ok("data folder", detail)
          : new Finding(
              Finding.Mark.MISSING,
              "data folder",
              detail + ": little",
              Optional.of("free some space, or PARLEY_DATA=/a/larger/disk ./parley up"));
    } catch (IOException e) {
      return Finding.ok("data folder", data + ", space not known: " + e.getMessage());
    }
  }
}
