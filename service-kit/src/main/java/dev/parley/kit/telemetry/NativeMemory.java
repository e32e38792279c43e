package dev.parley.kit.telemetry;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.invoke.MethodHandle;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;

/** Memory that native engines hold beside the Java heap, as malloc counts it. Thread-safe. */
public final class NativeMemory {
  /** {@code struct mallinfo2} of glibc 2.33 and later: ten numbers. */
  private static final MemoryLayout MALLINFO =
      MemoryLayout.structLayout(Collections.nCopies(10, JAVA_LONG).toArray(MemoryLayout[]::new));

  private static final int MAPPED = 4;
  private static final int USED = 7;
  private static final Optional<MethodHandle> CALL = call();

  private NativeMemory() {}

  private static Optional<MethodHandle> call() {
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("mallinfo2")
        .map(it -> linker.downcallHandle(it, FunctionDescriptor.of(MALLINFO)));
  }

  /**
   * Bytes that {@code malloc} gave and nobody freed, in all its arenas; without its free lists and
   * without what is mapped by other ways. Empty where the C library does not tell.
   */
  public static OptionalLong inUse() {
    return CALL.map(NativeMemory::asked).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static long asked(MethodHandle mallinfo) {
    try (var arena = Arena.ofConfined()) {
      var info = (MemorySegment) mallinfo.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(JAVA_LONG, MAPPED) + info.getAtIndex(JAVA_LONG, USED);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 failed", e);
    }
  }
}
