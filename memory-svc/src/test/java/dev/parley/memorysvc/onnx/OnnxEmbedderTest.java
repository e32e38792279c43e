package dev.parley.memorysvc.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.memorysvc.embedding.Vector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aModelOfYourOwnIsReadAsItIsDeclared(@TempDir Path folder) throws IOException {
    EmbeddingModel shipped = EmbeddingModel.shipped();
    Path own = Files.createDirectory(folder.resolve("own-model"));
    Files.write(own.resolve("model.onnx"), shipped.network());
    Files.write(own.resolve("tokenizer.json"), shipped.tokenizer());
    String text = "Hello there, how are you?";
    Vector mean = embedder.embed(List.of(text)).getFirst();
    for (Pooling pooling : Pooling.values()) {
      EmbeddingModel model = EmbeddingModel.in(own, pooling, 64, OptionalInt.of(384));
      try (OnnxEmbedder mine = OnnxEmbedder.load(model, pool, 1)) {
        assertThat(mine.model()).isEqualTo("own-model");
        assertThat(mine.longest()).isEqualTo(62);
        double same = mine.embed(List.of(text)).getFirst().cosine(mean);
        assertThat(same > 0.999).isEqualTo(pooling == Pooling.MEAN);
        assertThat(mine.embed(List.of("x ".repeat(64))).getFirst())
            .isEqualTo(mine.embed(List.of("x ".repeat(90))).getFirst());
      }
    }
    EmbeddingModel other = EmbeddingModel.in(own, Pooling.MEAN, 64, OptionalInt.of(768));
    assertThatThrownBy(() -> OnnxEmbedder.load(other, pool, 1))
        .hasMessageContaining("memory.model-dimensions: 768 (the model makes 384 numbers)");
  }

  @Test
  void batchesAreOfLikeLengthAndBounded() {
    List<long[]> texts = IntStream.range(0, 500).mapToObj(i -> new long[1 + i * 7 % 256]).toList();
    List<List<Integer>> batches = Batches.of(texts);
    assertThat(batches.stream().flatMap(List::stream)).hasSize(500).doesNotHaveDuplicates();
    assertThat(batches)
        .allSatisfy(batch -> {
          int longest = batch.stream().mapToInt(i -> texts.get(i).length).max().orElseThrow();
          assertThat(batch.size()).isLessThanOrEqualTo(Batches.MOST_TEXTS);
          assertThat(batch.size() * longest).isLessThanOrEqualTo(Batches.MOST_TOKENS);
        });
    assertThat(Batches.of(List.of())).isEmpty();
  }

  @Test
  void anyTextHasAMeaning() {
    List<String> texts = List.of("", " ", "\uD83D\uDE00", "\uD800", "日本語", "x".repeat(100_000));
    assertThat(embedder.embed(texts)).hasSize(texts.size());
  }
}
