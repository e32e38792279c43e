package dev.parley.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends servers that a crashed run left behind. Only called while the data folder's lock is held, so
 * whoever still works in the folder has no owner any more.
 */
final class Orphans {
  private static final Logger log = LoggerFactory.getLogger(Orphans.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Orphans() {}

  /**
   * Ends the process whose number is the first line of a file, if it is such a program.
   *
   * @param pidFile may be missing
   * @param program part of the command, so that a reused number is left alone
   */
  static void end(Path pidFile, String program) {
    readPid(pidFile)
        .flatMap(ProcessHandle::of)
        .filter(p -> p.info().command().orElse("").contains(program))
        .ifPresent(Orphans::end);
  }

  private static Optional<Long> readPid(Path pidFile) {
    try {
      return Files.exists(pidFile)
          ? Files.lines(pidFile).findFirst().map(String::trim).map(Long::valueOf)
          : Optional.empty();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void end(ProcessHandle process) {
    log.info("ending {} left by a crashed run", process.info().command().orElse("a process"));
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
