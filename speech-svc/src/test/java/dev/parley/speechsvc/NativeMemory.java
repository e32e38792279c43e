package dev.parley.speechsvc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;

/** Memory beside the Java heap, in bytes. */
final class NativeMemory {

  /** {@code struct mallinfo2} of glibc 2.33 and later: ten numbers. */
  private static final MemoryLayout MALLINFO =
      MemoryLayout.structLayout(Collections.nCopies(10, JAVA_LONG).toArray(MemoryLayout[]::new));

  private static final int MAPPED = 4;
  private static final int USED = 7;

  private NativeMemory() {}

  /** What {@code malloc} gave and nobody freed, in all its arenas; no free list, no Java heap. */
  static long inUse() {
    var linker = Linker.nativeLinker();
    var type = FunctionDescriptor.of(MALLINFO);
    var call = linker.downcallHandle(linker.defaultLookup().findOrThrow("mallinfo2"), type);
    try (var arena = Arena.ofConfined()) {
      var info = (MemorySegment) call.invokeExact((SegmentAllocator) arena);
      return info.getAtIndex(JAVA_LONG, MAPPED) + info.getAtIndex(JAVA_LONG, USED);
    } catch (Throwable e) {
      throw new IllegalStateException("mallinfo2 failed", e);
    }
  }

  /** Resident memory but for the Java heap; exact only where the heap has a fixed size. */
  static long resident() throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        long kib = Long.parseLong(line.replaceAll("\\D", ""));
        return (kib << 10) - Runtime.getRuntime().totalMemory();
      }
    }
    throw new IOException("no VmRSS");
  }
}
