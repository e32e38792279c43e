package dev.parley.memorysvc.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.parley.kit.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Texts as the numbers a model reads. Native code: to be used on a native pool only. */
final class ModelTokens implements AutoCloseable {
  /** Tokens that stand for the beginning and the end of a text. */
  static final int MARKS = 2;

  private final HuggingFaceTokenizer cutting;
  private final HuggingFaceTokenizer whole;

  private ModelTokens(HuggingFaceTokenizer cutting, HuggingFaceTokenizer whole) {
    this.cutting = cutting;
    this.whole = whole;
  }

  /** Reads a {@code tokenizer.json}; texts are cut at the longest, marks included. */
  static ModelTokens of(byte[] definition, int longest) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would call home.
    HuggingFaceTokenizer cutting =
        read(
            definition,
            Map.of(
                "maxLength", Integer.toString(longest), "truncation", "true", "padding", "false"));
    try {
      return new ModelTokens(
          cutting, read(definition, Map.of("truncation", "false", "padding", "false")));
    } catch (Failure e) {
      cutting.close();
      throw e;
    }
  }

  /** Reads a {@code tokenizer.json} for pairs, the longer of which is cut first. */
  static HuggingFaceTokenizer pairs(byte[] definition, int longest) {
    System.setProperty("OPT_OUT_TRACKING", "true");
    return read(
        definition,
        Map.of("maxLength", Integer.toString(longest), "truncation", "true", "padding", "false"));
  }

  private static HuggingFaceTokenizer read(byte[] definition, Map<String, String> options) {
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(definition), options);
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.INTERNAL, "INTERNAL", "tokenizer cannot be read: " + e.getMessage())
          .causedBy(e);
    }
  }

  long[] of(String text) {
    return cutting.encode(text).getIds();
  }

  /** First characters of all tokens; the tokenizer counts code points. */
  int[] starts(String text) {
    CharSpan[] spans = whole.encode(text, false, false).getCharTokenSpans();
    int[] units = codePointStarts(text);
    return Arrays.stream(spans)
        .filter(Objects::nonNull)
        .mapToInt(span -> units[Math.min(span.getStart(), units.length - 1)])
        .toArray();
  }

  private static int[] codePointStarts(String text) {
    int[] starts = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 0, unit = 0; i < starts.length - 1; i++) {
      starts[i] = unit;
      unit += Character.charCount(text.codePointAt(unit));
    }
    starts[starts.length - 1] = text.length();
    return starts;
  }

  @Override
  public void close() {
    cutting.close();
    whole.close();
  }
}
