package dev.parley.memorysvc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.embedding.Vector;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxEmbedderTest {
  private static NativePool pool;
  private static OnnxEmbedder embedder;

  @BeforeAll
  static void load() {
    pool = new NativePool("test", 2, 64);
    embedder = OnnxEmbedder.load(EmbeddingModel.shipped(), pool, 1);
  }

  @AfterAll
  static void unload() {
    embedder.close();
    pool.close();
  }

  @Test
  void vectorsHave384NumbersAndLengthOne() {
    Vector vector = embedder.embed(List.of("Hello there")).getFirst();
    assertThat(embedder.dimensions()).isEqualTo(384);
    assertThat(vector.dimensions()).isEqualTo(384);
    assertThat(vector.cosine(vector)).isCloseTo(1.0, within(1e-5));
  }

  @Test
  void likeMeaningsAreNearerThanUnlikeOnes() {
    List<Vector> v =
        embedder.embed(List.of("what food do I like", "I love pasta", "My car is broken"));
    assertThat(v.get(0).cosine(v.get(1))).isGreaterThan(0.3);
    assertThat(v.get(0).cosine(v.get(1))).isGreaterThan(v.get(0).cosine(v.get(2)) + 0.2);
  }

  @Test
  void aTextMeansTheSameAloneAndInABatchOfOtherLengths() {
    List<String> texts =
        IntStream.range(0, 70).mapToObj(i -> "word ".repeat(1 + (i * 7) % 40) + i).toList();
    List<Vector> together = embedder.embed(texts);
    for (int i = 0; i < texts.size(); i += 13) {
      Vector alone = embedder.embed(List.of(texts.get(i))).getFirst();
      // The quantised network scales its activations over the batch.
      assertThat(together.get(i).cosine(alone)).isGreaterThan(0.97);
    }
  }

  @Test
  void anyTextHasAMeaning() {
    List<String> texts = List.of("", " ", "\uD83D\uDE00", "\uD800", "日本語", "x".repeat(100_000));
    assertThat(embedder.embed(texts)).hasSize(texts.size());
  }
}
