package dev.parley.bench;

import dev.parley.bench.report.Report;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.onnx.EmbeddingModel;
import dev.parley.memorysvc.onnx.OnnxEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Embedding of passages of 20 to 200 words by the shipped model, as the service calls it, in turn
 * with the same files under Python's onnxruntime and tokenizers ({@code bench/peers/embed.py}).
 */
final class EmbedBench {
  private static final int ROUNDS = 3;
  private static final String[] SYLLABLES = {
    "ra", "to", "mi", "ne", "ver", "sol", "ing", "ter", "con", "pre", "al", "est", "un", "ly", "men"
  };

  private EmbedBench() {}

  /** {@code count} passages in each of the rounds; a Python with the two packages, or empty. */
  static Report run(int count, String python) throws Exception {
    Path folder = Files.createTempDirectory("parley-embed");
    List<String> texts = texts(count);
    EmbeddingModel model = EmbeddingModel.shipped();
    Files.write(folder.resolve("model.onnx"), model.network());
    Files.write(folder.resolve("tokenizer.json"), model.tokenizer());
    Files.write(folder.resolve("texts.txt"), texts);
    Report report = new Report("embed").with("passages", count).with("python", python);
    double ours = 0;
    double theirs = 0;
    try (NativePool pool = new NativePool("embedding", 2, 256);
        OnnxEmbedder embedder = OnnxEmbedder.load(model, pool, 1)) {
      embedder.embed(texts.subList(0, Math.min(50, count)));
      for (int round = 0; round < ROUNDS; round++) {
        long begun = System.nanoTime();
        for (int from = 0; from < count; from += 256) {
          embedder.embed(texts.subList(from, Math.min(from + 256, count)));
        }
        double rate = count / ((System.nanoTime() - begun) / 1e9);
        ours = Math.max(ours, rate);
        report.figure("parley, round " + (round + 1), rate, "texts/s");
        if (!python.isBlank()) {
          double peer = peer(python, folder);
          theirs = Math.max(theirs, peer);
          report.figure("python, round " + (round + 1), peer, "texts/s");
        }
      }
    }
    return theirs == 0
        ? report
        : report.atLeast("best of ours / best of python", ours / theirs, 1, "");
  }

  private static double peer(String python, Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                python,
                Path.of(System.getProperty("bench.launcher"))
                    .resolveSibling("bench/peers/embed.py")
                    .toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String rate = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor(5, TimeUnit.MINUTES);
    return Double.parseDouble(rate);
  }

  private static List<String> texts(int count) {
    Random random = new Random(3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int words = 20 + random.nextInt(181); words > 0; words--) {
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
          text.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        text.append(words == 1 ? "." : " ");
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
