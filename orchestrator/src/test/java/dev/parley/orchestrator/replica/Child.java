package dev.parley.orchestrator.replica;

import java.nio.file.Files;
import java.nio.file.Path;

/** A replica in a process of its own. */
final class Child implements AutoCloseable {
  final int port = Replica.freePort();
  private final Process process;

  Child(Path folder, String redisUrl) throws Exception {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Path arguments = Files.writeString(folder.resolve("java.args"), "-cp \"" + classes + "\"\n");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--sun-misc-unsafe-memory-access=allow",
                "@" + arguments,
                Replica.class.getName(),
                redisUrl,
                "" + port)
            .redirectError(folder.resolve("errors-" + port).toFile())
            .start();
    String line = process.inputReader().readLine();
    if (line == null || !line.startsWith("serving")) {
      throw new IllegalStateException(Files.readString(folder.resolve("errors-" + port)));
    }
  }

  /** As signal 9 does: nobody is asked. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws Exception {
    kill();
  }
}
