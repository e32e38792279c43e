package dev.parley.memorysvc.onnx;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * An embedding model and how it is read.
 *
 * @param name as it stands beside stored vectors
 * @param network the ONNX file
 * @param tokenizer the {@code tokenizer.json}
 * @param pooling how its token vectors become one; without effect where the network gives one
 * @param longest tokens it reads of a text, the two marks included
 * @param dimensions numbers in a vector, where they are declared
 */
public record EmbeddingModel(
    String name,
    byte[] network,
    byte[] tokenizer,
    Pooling pooling,
    int longest,
    OptionalInt dimensions) {
  /** Name of the model that ships with the product. */
  public static final String SHIPPED = "all-MiniLM-L6-v2-q";

  /** What all-MiniLM-L6-v2 was trained to read of a text. */
  private static final int SHIPPED_LONGEST = 256;

  /** The model that ships with the product: all-MiniLM-L6-v2, quantised, 384 numbers. */
  public static EmbeddingModel shipped() {
    return new EmbeddingModel(
        SHIPPED,
        resource("/all-minilm-l6-v2-q.onnx"),
        resource("/all-minilm-l6-v2-q-tokenizer.json"),
        Pooling.MEAN,
        SHIPPED_LONGEST,
        OptionalInt.of(384));
  }

  /** A model of your own: a folder with {@code model.onnx} and {@code tokenizer.json}. */
  public static EmbeddingModel in(
      Path folder, Pooling pooling, int longest, OptionalInt dimensions) {
    try {
      return new EmbeddingModel(
          nameOf(folder),
          Files.readAllBytes(folder.resolve("model.onnx")),
          Files.readAllBytes(folder.resolve("tokenizer.json")),
          pooling,
          longest,
          dimensions);
    } catch (IOException e) {
      throw Failure.invalid(
          "memory.model-folder",
          folder + " (expected a folder with model.onnx and tokenizer.json): " + e);
    }
  }

  /** The name of a model in a folder: the folder's. */
  public static String nameOf(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
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
