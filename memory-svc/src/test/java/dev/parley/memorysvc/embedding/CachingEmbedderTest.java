package dev.parley.memorysvc.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachingEmbedderTest {
  private final List<List<String>> asked = new ArrayList<>();
  private final Embedder lengths =
      new Embedder() {
        @Override
        public String model() {
          return "lengths";
        }

        @Override
        public int dimensions() {
          return 2;
        }

        @Override
        public List<Vector> embed(List<String> texts) {
          asked.add(texts);
          return texts.stream().map(t -> Vector.of(1, t.length())).toList();
        }
      };

  @Test
  void aTextIsEmbeddedOnceAlsoWithinOneCall() {
    CachingEmbedder cached = new CachingEmbedder(lengths, 10);
    assertThat(cached.embed(List.of("a", "bb", "a")))
        .containsExactly(Vector.of(1, 1), Vector.of(1, 2), Vector.of(1, 1));
    assertThat(cached.embed(List.of("bb", "ccc")))
        .containsExactly(Vector.of(1, 2), Vector.of(1, 3));
    assertThat(asked).containsExactly(List.of("a", "bb"), List.of("ccc"));
  }

  @Test
  void theLeastRecentlyUsedLeavesFirst() {
    CachingEmbedder cached = new CachingEmbedder(lengths, 2);
    cached.embed(List.of("a"));
    cached.embed(List.of("bb"));
    cached.embed(List.of("a"));
    cached.embed(List.of("ccc"));
    asked.clear();
    cached.embed(List.of("a"));
    assertThat(asked).isEmpty();
    cached.embed(List.of("bb"));
    assertThat(asked).containsExactly(List.of("bb"));
  }

  @Test
  void moreTextsThanTheCacheHoldsAreAllAnswered() {
    assertThat(new CachingEmbedder(lengths, 1).embed(List.of("a", "bb", "ccc"))).hasSize(3);
  }
}
