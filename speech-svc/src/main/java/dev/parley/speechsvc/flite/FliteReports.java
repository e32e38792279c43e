package dev.parley.speechsvc.flite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What flite tells of a sound while it makes it ({@code cst_audio_streaming_info}, flite 2.2). One
 * thread, the one that synthesises: one utterance at a time is reported.
 */
final class FliteReports {
  /** Is told while a sound is made. */
  @FunctionalInterface
  interface Progress {
    Progress NONE = (wave, samples) -> {};

    /** So many of the {@code cst_wave}'s samples are there; more are to come. */
    void made(MemorySegment wave, int samples);
  }

  /** {@code CST_AUDIO_STREAM_CONT}. */
  private static final int CONTINUE = 0;

  private static final long BYTES = 40;

  /** {@code offsetof} min_buffsize, asc and utt. */
  private static final long LEAST_AT = 0;

  private static final long CALLED_AT = 8;
  private static final long UTTERANCE_AT = 16;

  private final MethodHandle create;
  private final MethodHandle value;
  private final MethodHandle set;
  private final MemorySegment called;
  private Progress progress = Progress.NONE;

  FliteReports(FliteLibrary flite) {
    create = flite.bind("new_audio_streaming_info", FunctionDescriptor.of(ADDRESS));
    value = flite.bind("audio_streaming_info_val", FunctionDescriptor.of(ADDRESS, ADDRESS));
    set = flite.bind("feat_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    called = upcall();
  }

  /** The {@code cst_audio_stream_callback} that tells whoever wants to know at the time. */
  private MemorySegment upcall() {
    Class<?> pointer = MemorySegment.class;
    var type = MethodType.methodType(int.class, pointer, int.class, int.class, int.class, pointer);
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().bind(this, "told", type),
              FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS),
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw FliteLibrary.broken(e);
    }
  }

  /** Nothing may be thrown into native code: who fails here is not told again. */
  private int told(MemorySegment wave, int start, int size, int last, MemorySegment info) {
    try {
      progress.made(wave.reinterpret(FliteLibrary.WAVE.byteSize()), start + size);
    } catch (RuntimeException | Error e) {
      progress = Progress.NONE;
      System.getLogger("parley.speech")
          .log(System.Logger.Level.WARNING, "a phrase is not given out before its end", e);
    }
    return CONTINUE;
  }

  /**
   * Has that told each {@code samples} samples while this utterance is synthesised, up to {@link
   * #end}. Its features, which hold the name, own what is made here.
   */
  void begin(MemorySegment utterance, MemorySegment name, int samples, Progress to) {
    progress = to;
    try {
      var info = ((MemorySegment) create.invokeExact()).reinterpret(BYTES);
      info.set(JAVA_INT, LEAST_AT, samples);
      info.set(ADDRESS, CALLED_AT, called);
      info.set(ADDRESS, UTTERANCE_AT, utterance);
      var features = utterance.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
      set.invokeExact(features, name, FliteLibrary.pointer(value, info));
    } catch (Throwable e) {
      throw FliteLibrary.broken(e);
    }
  }

  /** Nobody wants to know more. */
  void end() {
    progress = Progress.NONE;
  }
}
