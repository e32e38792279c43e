package dev.parley.speechsvc.pocketsphinx;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The mean that a decoder takes from each frame ("live" cepstral mean normalisation). The library
 * keeps it from one utterance to the next, whoever speaks; there is no call for it on the decoder,
 * so it is reached through {@code feat_t} of {@code sphinxbase/feat.h} and {@code cmn_t} of {@code
 * sphinxbase/cmn.h} (5prealpha, ABI 3, 64-bit). What it takes away changes after eight seconds of
 * one utterance at the earliest, a mean that is set counting as five of them; most utterances are
 * shorter, so what is learnt of them is read from the sums.
 */
final class CepstralMean {
  /** {@code offsetof(feat_t, cepsize)} and {@code offsetof(feat_t, cmn_struct)}. */
  private static final long SIZE_AT = 16;

  private static final long CMN_AT = 88;

  /** {@code offsetof(cmn_t, sum)} and {@code offsetof(cmn_t, nframe)}. */
  private static final long SUM_AT = 16;

  private static final long FRAMES_AT = 24;

  /** Of slt, rms, awb and kal at -18 and -32 dBFS, six sentences each. */
  private static final float[] OF_OUR_VOICES = {
    49.10f, 7.15f, 8.34f, 26.57f, -0.14f, -1.64f, 2.71f, -8.27f, -4.83f, -5.41f, 5.71f, 1.42f, 2.84f
  };

  private final MethodHandle features;
  private final MethodHandle get;
  private final MethodHandle set;

  CepstralMean() {
    var base = SymbolLookup.libraryLookup("libsphinxbase.so.3", Arena.global());
    var sphinx = SymbolLookup.libraryLookup("libpocketsphinx.so.3", Arena.global());
    features = bind(sphinx, "ps_get_feat", FunctionDescriptor.of(ADDRESS, ADDRESS));
    get = bind(base, "cmn_live_get", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
    set = bind(base, "cmn_live_set", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
  }

  private static MethodHandle bind(SymbolLookup library, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), type);
  }

  /**
   * What somebody is heard through who was not heard before: midway between the model's own mean
   * and that of our voices. "What is your name?" is not understood with the first alone.
   */
  static float[] ofStrangers(float[] ofTheModel) {
    float[] mean = ofTheModel.clone();
    for (int i = 0; i < Math.min(mean.length, OF_OUR_VOICES.length); i++) {
      mean[i] = (mean[i] + OF_OUR_VOICES[i]) / 2;
    }
    return mean;
  }

  /**
   * The mean of what was heard since it was set, and of that: one number for each cepstral
   * coefficient.
   */
  float[] of(MemorySegment decoder) {
    try (var arena = Arena.ofConfined()) {
      var features = features(decoder);
      int size = features.get(JAVA_INT, SIZE_AT);
      var cmn = features.get(ADDRESS, CMN_AT).reinterpret(FRAMES_AT + JAVA_INT.byteSize());
      int frames = cmn.get(JAVA_INT, FRAMES_AT);
      if (frames == 0) {
        var mean = arena.allocate(JAVA_FLOAT, size);
        get.invokeExact(cmn, mean);
        return mean.toArray(JAVA_FLOAT);
      }
      var sum = cmn.get(ADDRESS, SUM_AT).reinterpret(size * JAVA_FLOAT.byteSize());
      var mean = sum.toArray(JAVA_FLOAT);
      for (int i = 0; i < size; i++) {
        mean[i] /= frames;
      }
      return mean;
    } catch (Throwable e) {
      throw new IllegalStateException("the cepstral mean could not be read", e);
    }
  }

  /** Between utterances only. */
  void set(MemorySegment decoder, float[] mean) {
    try (var arena = Arena.ofConfined()) {
      var values = arena.allocateFrom(JAVA_FLOAT, mean);
      set.invokeExact(features(decoder).get(ADDRESS, CMN_AT), values);
    } catch (Throwable e) {
      throw new IllegalStateException("the cepstral mean could not be set", e);
    }
  }

  private MemorySegment features(MemorySegment decoder) throws Throwable {
    var found = (MemorySegment) features.invokeExact(decoder);
    return found.reinterpret(CMN_AT + ADDRESS.byteSize());
  }
}
