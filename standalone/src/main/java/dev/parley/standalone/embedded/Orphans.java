package dev.parley.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends servers that a crashed run left behind. Only called while the data folder's lock is held, so
 * whoever still works in the folder has no owner any more. They are known by the folder they work
 * in, which unlike a number in a file can be neither stale nor missing.
 */
public final class Orphans {
  private static final Logger log = LoggerFactory.getLogger(Orphans.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Orphans() {}

  /** Ends all processes of a program that work in a folder, and waits until they are gone. */
  public static void end(Path folder, String program) {
    List<ProcessHandle> left = in(folder, program);
    if (left.isEmpty()) {
      return;
    }
    log.info("ending {} of {} left by a crashed run", left.size(), program);
    left.forEach(ProcessHandle::destroy);
    if (!gone(folder, program)) {
      in(folder, program).forEach(ProcessHandle::destroyForcibly);
      gone(folder, program);
    }
  }

  /** Waits for it. A dead process that nobody has buried yet works nowhere any more. */
  private static boolean gone(Path folder, String program) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!in(folder, program).isEmpty()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(20_000_000);
    }
    return true;
  }

  /** The processes of a program that work in a folder. */
  static List<ProcessHandle> in(Path folder, String program) {
    return ProcessHandle.allProcesses()
        .filter(it -> it.info().command().orElse("").contains(program))
        .filter(it -> worksIn(it, folder))
        .toList();
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    Path place = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return Files.readSymbolicLink(place).startsWith(folder.toRealPath());
    } catch (IOException notOurs) {
      return false;
    }
  }
}
