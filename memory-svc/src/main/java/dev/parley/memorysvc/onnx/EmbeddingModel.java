package dev.parley.memorysvc.onnx;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of an embedding model.
 *
 * @param name as it stands beside stored vectors
 * @param network the ONNX file
 * @param tokenizer the {@code tokenizer.json}
 */
public record EmbeddingModel(String name, byte[] network, byte[] tokenizer) {

  /** The model that ships with the product: all-MiniLM-L6-v2, quantised, 384 numbers. */
  public static EmbeddingModel shipped() {
    return new EmbeddingModel(
        "all-MiniLM-L6-v2-q",
        resource("/all-minilm-l6-v2-q.onnx"),
        resource("/all-minilm-l6-v2-q-tokenizer.json"));
  }

  /** A model of your own: a folder with {@code model.onnx} and {@code tokenizer.json}. */
  public static EmbeddingModel in(Path folder) {
    try {
      return new EmbeddingModel(
          folder.toAbsolutePath().normalize().getFileName().toString(),
          Files.readAllBytes(folder.resolve("model.onnx")),
          Files.readAllBytes(folder.resolve("tokenizer.json")));
    } catch (IOException e) {
      throw Failure.invalid(
          "memory.model-folder",
          folder + " (expected a folder with model.onnx and tokenizer.json): " + e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = EmbeddingModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the classpath");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }
}
