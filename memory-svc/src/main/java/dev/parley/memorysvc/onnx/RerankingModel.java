package dev.parley.memorysvc.onnx;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cross-encoder of your own.
 *
 * @param name its folder's
 * @param network the ONNX file
 * @param tokenizer the {@code tokenizer.json}
 * @param longest tokens it reads of question and text together, all marks included
 */
public record RerankingModel(String name, byte[] network, byte[] tokenizer, int longest) {
  /** Reads a folder with {@code model.onnx} and {@code tokenizer.json}. */
  public static RerankingModel in(Path folder, int longest) {
    try {
      return new RerankingModel(
          EmbeddingModel.nameOf(folder),
          Files.readAllBytes(folder.resolve("model.onnx")),
          Files.readAllBytes(folder.resolve("tokenizer.json")),
          longest);
    } catch (IOException e) {
      throw Failure.invalid(
          "memory.reranker-folder",
          folder + " (expected a folder with model.onnx and tokenizer.json): " + e);
    }
  }
}
