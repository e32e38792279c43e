package dev.parley.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How one process is started, any number of times.
 *
 * @param name of the process, as in {@code speech-1}
 * @param command program and arguments
 * @param folder in which it works
 * @param log takes what it prints
 * @param ports what it listens on, by what for
 */
record Launch(
    String name, List<String> command, Path folder, Path log, Map<String, Integer> ports) {

  /** Starts it; its standard input stays open as long as this process lives. */
  Process start() throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }
}
