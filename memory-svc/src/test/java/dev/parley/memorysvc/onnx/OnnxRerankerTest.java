package dev.parley.memorysvc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.concurrent.NativePool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a network made here whose judgement is known: how many words both have in common. */
class OnnxRerankerTest {
  @TempDir private Path folder;
  private final NativePool pool = new NativePool("test", 2, 64);

  @AfterEach
  void close() {
    pool.close();
  }

  private OnnxReranker reranker(boolean yesAndNo, int longest) {
    Path own = TinyCrossEncoder.in(folder.resolve("words-in-common"), yesAndNo);
    return OnnxReranker.load(RerankingModel.in(own, longest), pool, 1);
  }

  private static float logistic(double logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void questionAndTextAreReadTogether(boolean yesAndNo) {
    try (OnnxReranker reranker = reranker(yesAndNo, 64)) {
      List<String> texts = List.of("it rains", "the old lighthouse", "a lighthouse keeper sleeps");
      assertThat(reranker.model()).isEqualTo("words-in-common");
      assertThat(reranker.scores("lighthouse keeper", texts, () -> false))
          .containsExactly(logistic(-0.5), logistic(0.5), logistic(1.5));
    }
  }

  @Test
  void manyTextsOfAnyLengthComeBackInTheirOrder() {
    try (OnnxReranker reranker = reranker(false, 128)) {
      List<String> texts = new ArrayList<>();
      IntStream.range(0, 90)
          .forEach(i -> texts.add("rain ".repeat(i % 40) + (i % 3 == 0 ? "keeper" : "")));
      List<Float> scores = reranker.scores("keeper", texts, () -> false);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(scores.get(i)).isCloseTo(logistic(i % 3 == 0 ? 0.5 : -0.5), within(1e-5f));
      }
    }
  }

  @Test
  void whatTheModelDoesNotReadIsCut() {
    try (OnnxReranker reranker = reranker(false, 16)) {
      List<String> texts = List.of("x ".repeat(500) + "keeper", "keeper " + "x ".repeat(500));
      assertThat(reranker.scores("keeper", texts, () -> false))
          .containsExactly(logistic(-0.5), logistic(0.5));
    }
  }

  @Test
  void itStopsBetweenBatches() {
    try (OnnxReranker reranker = reranker(false, 128)) {
      var asked = new AtomicInteger();
      List<String> texts = IntStream.range(0, 100).mapToObj(i -> "rain").toList();
      assertThatThrownBy(() -> reranker.scores("rain", texts, () -> asked.incrementAndGet() > 1))
          .hasMessageContaining("stopped");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void whatIsNoCrossEncoderIsRefusedAtTheStart() throws IOException {
    Path own = Files.createDirectory(folder.resolve("embedder"));
    Files.write(own.resolve("model.onnx"), EmbeddingModel.shipped().network());
    Files.write(own.resolve("tokenizer.json"), EmbeddingModel.shipped().tokenizer());
    assertThatThrownBy(() -> OnnxReranker.load(RerankingModel.in(own, 64), pool, 1))
        .hasMessageContaining("memory.reranker-folder")
        .hasMessageContaining("one or two numbers a pair");
    assertThatThrownBy(() -> RerankingModel.in(folder.resolve("none"), 64))
        .hasMessageContaining("expected a folder with model.onnx and tokenizer.json");
  }
}
