package dev.parley.mesh;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Java processes are started: on the classes of this one, with little memory each, and settings
 * in files that only the owner reads, because some are secret and command lines are public.
 *
 * @param run folder for those files
 * @param logs folder for what is logged
 */
record Jvm(Path run, Path logs) {
  private static final String CACHE = "parley.aot";

  /** A file of arguments with the classes; without, processes have those of this one. */
  private static final String ARGUMENTS = "parley.mesh-arguments";

  /** A service. */
  Launch service(String name, Program program, List<String> settings, Map<String, Integer> ports) {
    String properties =
        settings.stream()
            .map(it -> it.substring(2).replace("\\", "\\\\"))
            .collect(Collectors.joining("\n", "", "\n"));
    List<String> command = java(name, program.heapMb());
    command.add(program.main());
    command.add("--settings=" + secret(name + ".properties", properties));
    return new Launch(name, command, run, logs.resolve(name + ".out"), ports);
  }

  /** The S3 store. */
  Launch objects(Path folder, int port, String secret) {
    String properties = "folder=" + folder + "\nport=" + port + "\nsecret=" + secret + "\n";
    List<String> command = java("objects", 96);
    command.add(ObjectStoreMain.class.getName());
    command.add(secret("objects.properties", properties).toString());
    return new Launch("objects", command, run, logs.resolve("objects.out"), Map.of("s3", port));
  }

  private List<String> java(String name, int heapMb) {
    List<String> command = new ArrayList<>();
    ownSession().ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heapMb + "m",
            "-Xmn40m",
            "-XX:MetaspaceSize=96m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    Optional.ofNullable(System.getProperty(CACHE))
        .filter(it -> Files.exists(Path.of(it)))
        .ifPresent(it -> command.addAll(List.of("-XX:AOTCache=" + it, "-XX:AOTMode=auto")));
    command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    command.add("-Dparley.log.file=" + logs.resolve(name + ".log"));
    command.add("@" + classPath());
    return command;
  }

  /**
   * In a session of its own: Ctrl-C in the terminal is for the launcher, which stops all in order.
   */
  static Optional<String> ownSession() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "setsid"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString);
  }

  private Path classPath() {
    String launched = System.getProperty(ARGUMENTS, "");
    if (!launched.isEmpty()) {
      return Path.of(launched);
    }
    Path file = run.resolve("classpath.args");
    if (!Files.exists(file)) {
      String path =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      write(
          file,
          "-Dio.netty.leakDetection.level=disabled\n-cp \"" + path.replace("\\", "\\\\") + "\"\n");
    }
    return file;
  }

  private Path secret(String name, String text) {
    Path file = run.resolve(name);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(file, text);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
