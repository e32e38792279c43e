package dev.parley.speechsvc.pocketsphinx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The functions of {@code libpocketsphinx.so.3} (5prealpha) that are used. Loaded once. */
final class SphinxLibrary {

  private static final Linker LINKER = Linker.nativeLinker();

  private final MethodHandle args;
  private final MethodHandle parse;
  private final MethodHandle init;
  private final MethodHandle startStream;
  private final MethodHandle startUtterance;
  private final MethodHandle process;
  private final MethodHandle endUtterance;
  private final MethodHandle free;
  private final MethodHandle freeConfig;
  private final MethodHandle segments;
  private final MethodHandle nextSegment;
  private final MethodHandle word;
  private final MethodHandle frames;
  private final MethodHandle probability;
  private final MethodHandle logMath;
  private final MethodHandle exp;

  /**
   * @throws IllegalArgumentException where the library is not installed
   */
  SphinxLibrary() {
    var base = SymbolLookup.libraryLookup("libsphinxbase.so.3", Arena.global());
    var sphinx = SymbolLookup.libraryLookup("libpocketsphinx.so.3", Arena.global());
    args = bind(sphinx, "ps_args", FunctionDescriptor.of(ADDRESS));
    parse =
        bind(
            base,
            "cmd_ln_parse_r",
            FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    freeConfig = bind(base, "cmd_ln_free_r", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    exp = bind(base, "logmath_exp", FunctionDescriptor.of(JAVA_DOUBLE, ADDRESS, JAVA_INT));
    init = bind(sphinx, "ps_init", FunctionDescriptor.of(ADDRESS, ADDRESS));
    free = bind(sphinx, "ps_free", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    startStream = bind(sphinx, "ps_start_stream", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    startUtterance = bind(sphinx, "ps_start_utt", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    endUtterance = bind(sphinx, "ps_end_utt", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    process =
        bind(
            sphinx,
            "ps_process_raw",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT));
    segments = bind(sphinx, "ps_seg_iter", FunctionDescriptor.of(ADDRESS, ADDRESS));
    nextSegment = bind(sphinx, "ps_seg_next", FunctionDescriptor.of(ADDRESS, ADDRESS));
    word = bind(sphinx, "ps_seg_word", FunctionDescriptor.of(ADDRESS, ADDRESS));
    frames = bind(sphinx, "ps_seg_frames", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    probability =
        bind(
            sphinx,
            "ps_seg_prob",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    logMath = bind(sphinx, "ps_get_logmath", FunctionDescriptor.of(ADDRESS, ADDRESS));
    silence(base);
  }

  /** pocketsphinx writes its progress to standard error unless told not to. */
  private static void silence(SymbolLookup base) {
    var setLog = bind(base, "err_set_logfp", FunctionDescriptor.ofVoid(ADDRESS));
    try {
      setLog.invokeExact(MemorySegment.NULL);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(library.find(name).orElseThrow(), type);
  }

  /** Parses name-value pairs; zero where one is not known. */
  MemorySegment configure(MemorySegment pairs, int count) {
    try {
      var definitions = (MemorySegment) args.invokeExact();
      return (MemorySegment) parse.invokeExact(MemorySegment.NULL, definitions, count, pairs, 1);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void freeConfig(MemorySegment config) {
    number(freeConfig, config);
  }

  /** A decoder; zero where the model could not be read. */
  MemorySegment decoder(MemorySegment config) {
    return pointer(init, config);
  }

  void free(MemorySegment decoder) {
    number(free, decoder);
  }

  /** Begins an utterance that has nothing to do with the one before: time zero, new noise floor. */
  void start(MemorySegment decoder) {
    number(startStream, decoder);
    number(startUtterance, decoder);
  }

  void end(MemorySegment decoder) {
    number(endUtterance, decoder);
  }

  void process(MemorySegment decoder, MemorySegment samples, long count) {
    try {
      int rc = (int) process.invokeExact(decoder, samples, count, 0, 0);
      if (rc < 0) {
        throw new IllegalStateException("ps_process_raw: " + rc + " (expected 0 or more)");
      }
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** The first word of the best path so far; zero where there is none. */
  MemorySegment firstSegment(MemorySegment decoder) {
    return pointer(segments, decoder);
  }

  /** The next word; zero after the last, and the iterator is freed. */
  MemorySegment nextSegment(MemorySegment segment) {
    return pointer(nextSegment, segment);
  }

  String word(MemorySegment segment) {
    return pointer(word, segment).reinterpret(512).getString(0);
  }

  /** First and last frame of a word, 10 ms each, both inclusive. */
  void frames(MemorySegment segment, MemorySegment first, MemorySegment last) {
    try {
      frames.invokeExact(segment, first, last);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** The word's posterior, 0 to 1; 1 while the utterance is not over. */
  double probability(MemorySegment decoder, MemorySegment segment, MemorySegment scratch) {
    try {
      int log = (int) probability.invokeExact(segment, scratch, scratch, scratch);
      return (double) exp.invokeExact(pointer(logMath, decoder), log);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static void number(MethodHandle handle, MemorySegment a) {
    try {
      int ignored = (int) handle.invokeExact(a);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MemorySegment pointer(MethodHandle handle, MemorySegment a) {
    try {
      return (MemorySegment) handle.invokeExact(a);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("pocketsphinx call failed", e);
  }
}
