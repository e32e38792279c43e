package dev.parley.kit.concurrent;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Puts threads that compute behind those that pass on what is ready: on a machine whose cores are
 * all busy a thread that sends or interrupts then waits for no voice in the making. POSIX {@code
 * setpriority}, which on Linux holds for the calling thread alone; elsewhere nothing is done.
 */
final class Niceness {
  private static final int PROCESS = 0;
  private static final int CALLING_THREAD = 0;
  private static final Optional<MethodHandle> SET_PRIORITY = find();

  private Niceness() {}

  /**
   * Of the calling thread, for as long as it lives: it cannot be taken back without rights.
   *
   * @param nice 1 to 19; each step is about a quarter less of a contended core
   */
  static void ofThisThread(int nice) {
    SET_PRIORITY.ifPresent(it -> set(it, nice));
  }

  private static void set(MethodHandle setPriority, int nice) {
    try {
      int ignored = (int) setPriority.invokeExact(PROCESS, CALLING_THREAD, nice);
    } catch (Throwable e) {
      throw new IllegalStateException("setpriority", e);
    }
  }

  private static Optional<MethodHandle> find() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    var type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("setpriority")
        .map(address -> linker.downcallHandle(address, type));
  }
}
