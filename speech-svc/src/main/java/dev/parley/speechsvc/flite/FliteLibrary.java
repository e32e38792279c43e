package dev.parley.speechsvc.flite;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of {@code libflite.so.1} that are used, as in flite 2.2's headers. Loaded once and
 * for the life of the process: flite keeps its lexicon and voices in static memory.
 */
final class FliteLibrary {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final int SEED = 1;

  private final SymbolLookup library;
  private final MethodHandle newUtterance;
  private final MethodHandle setInputText;
  private final MethodHandle utteranceInit;
  private final MethodHandle synthesize;
  private final MethodHandle deleteUtterance;
  private final MethodHandle setFloat;
  private final MethodHandle relation;
  private final MethodHandle relationHead;
  private final MethodHandle itemNext;
  private final MethodHandle itemParent;
  private final MethodHandle itemAs;
  private final MethodHandle itemString;
  private final MethodHandle itemFloat;
  private final MethodHandle wave;
  private final MethodHandle seed;

  /**
   * @throws IllegalArgumentException where the library is not installed
   */
  FliteLibrary() {
    library = SymbolLookup.libraryLookup("libflite.so.1", Arena.global());
    newUtterance = bind("new_utterance", FunctionDescriptor.of(ADDRESS));
    setInputText = bind("utt_set_input_text", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    utteranceInit = bind("utt_init", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    synthesize = bind("utt_synth", FunctionDescriptor.of(ADDRESS, ADDRESS));
    deleteUtterance = bind("delete_utterance", FunctionDescriptor.ofVoid(ADDRESS));
    setFloat = bind("feat_set_float", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_FLOAT));
    relation = bind("utt_relation", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    relationHead = bind("relation_head", FunctionDescriptor.of(ADDRESS, ADDRESS));
    itemNext = bind("item_next", FunctionDescriptor.of(ADDRESS, ADDRESS));
    itemParent = bind("item_parent", FunctionDescriptor.of(ADDRESS, ADDRESS));
    itemAs = bind("item_as", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    itemString = bind("item_feat_string", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    itemFloat = bind("item_feat_float", FunctionDescriptor.of(JAVA_FLOAT, ADDRESS, ADDRESS));
    wave = bind("utt_wave", FunctionDescriptor.of(ADDRESS, ADDRESS));
    var srand = LINKER.defaultLookup().find("srand").orElseThrow();
    seed = LINKER.downcallHandle(srand, FunctionDescriptor.ofVoid(JAVA_INT));
    try {
      int rc = (int) bind("flite_init", FunctionDescriptor.of(JAVA_INT)).invokeExact();
      assert rc >= 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** A function of the library. */
  MethodHandle bind(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(library.find(name).orElseThrow(), type);
  }

  /** Registers a voice from its own library; it stays for the life of the process. */
  MemorySegment register(String libraryName, String function) {
    var symbol =
        SymbolLookup.libraryLookup(libraryName, Arena.global()).find(function).orElseThrow();
    var handle = LINKER.downcallHandle(symbol, FunctionDescriptor.of(ADDRESS, ADDRESS));
    return pointer(handle, MemorySegment.NULL);
  }

  MemorySegment newUtterance() {
    try {
      return (MemorySegment) newUtterance.invokeExact();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void setInputText(MemorySegment utterance, MemorySegment text) {
    try {
      setInputText.invokeExact(utterance, text);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  void initialise(MemorySegment utterance, MemorySegment voice) {
    pointer2(utteranceInit, utterance, voice);
  }

  /**
   * Runs the whole synthesis, with the same random numbers each time; the address is zero where it
   * failed.
   */
  MemorySegment synthesize(MemorySegment utterance) {
    try {
      seed.invokeExact(SEED);
    } catch (Throwable e) {
      throw broken(e);
    }
    return pointer(synthesize, utterance);
  }

  void delete(MemorySegment utterance) {
    try {
      deleteUtterance.invokeExact(utterance);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Sets a feature of the utterance, whose first member is its feature table. */
  void setFloat(MemorySegment utterance, MemorySegment name, float value) {
    var features = utterance.reinterpret(ADDRESS.byteSize()).get(ADDRESS, 0);
    try {
      setFloat.invokeExact(features, name, value);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment head(MemorySegment utterance, MemorySegment relationName) {
    return pointer(relationHead, pointer2(relation, utterance, relationName));
  }

  MemorySegment next(MemorySegment item) {
    return pointer(itemNext, item);
  }

  /** The parent, or zero; a zero item has a zero parent. */
  MemorySegment parent(MemorySegment item) {
    return none(item) ? item : pointer(itemParent, item);
  }

  /** The item as it stands in another relation, or zero. */
  MemorySegment as(MemorySegment item, MemorySegment relationName) {
    return none(item) ? item : pointer2(itemAs, item, relationName);
  }

  String string(MemorySegment item, MemorySegment feature) {
    return pointer2(itemString, item, feature).reinterpret(256).getString(0);
  }

  float number(MemorySegment item, MemorySegment feature) {
    try {
      return (float) itemFloat.invokeExact(item, feature);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  MemorySegment wave(MemorySegment utterance) {
    return pointer(wave, utterance).reinterpret(WAVE.byteSize());
  }

  static boolean none(MemorySegment item) {
    return item.address() == 0;
  }

  /** {@code cst_wave}: type, rate, samples, channels, data. */
  static final MemoryLayout WAVE =
      MemoryLayout.structLayout(
          ADDRESS.withName("type"),
          JAVA_INT.withName("sample_rate"),
          JAVA_INT.withName("num_samples"),
          JAVA_INT.withName("num_channels"),
          MemoryLayout.paddingLayout(4),
          ADDRESS.withName("samples"));

  static MemorySegment pointer(MethodHandle handle, MemorySegment a) {
    try {
      return (MemorySegment) handle.invokeExact(a);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static MemorySegment pointer2(MethodHandle handle, MemorySegment a, MemorySegment b) {
    try {
      return (MemorySegment) handle.invokeExact(a, b);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("flite call failed", e);
  }
}
