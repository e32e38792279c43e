package dev.parley.memorysvc.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.parley.kit.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** Texts as the numbers a model reads. Native code: to be used on a native pool only. */
final class Tokens implements AutoCloseable {
  /** What all-MiniLM-L6-v2 reads of a text, its two marks included. */
  static final int LONGEST = 256;

  private final HuggingFaceTokenizer tokenizer;

  private Tokens(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** Reads a {@code tokenizer.json}. */
  static Tokens of(byte[] definition) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would call home.
    try {
      return new Tokens(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(definition),
              Map.of(
                  "maxLength", Integer.toString(LONGEST),
                  "truncation", "true",
                  "padding", "false")));
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.INTERNAL, "INTERNAL", "tokenizer cannot be read: " + e.getMessage())
          .causedBy(e);
    }
  }

  long[] of(String text) {
    return tokenizer.encode(text).getIds();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
