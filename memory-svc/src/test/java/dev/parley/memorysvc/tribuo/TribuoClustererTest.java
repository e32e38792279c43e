package dev.parley.memorysvc.tribuo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Clusterer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TribuoClustererTest {
  private static final int EACH = 30;
  private static final int NUMBERS = 16;

  private final Clusterer clusterer = new TribuoClusterer();
  private final Random random = new Random(4);

  @Test
  void denseHeapsAreFoundAndWhatLiesBetweenIsInNone() {
    List<Vector> vectors = heaps(3);
    for (int i = 0; i < 6; i++) {
      float[] alone = new float[NUMBERS];
      alone[8 + i] = 1;
      vectors.add(Vector.of(alone));
    }
    int[] groups = clusterer.byDensity(vectors, 10);
    expectHeaps(groups, 3);
    assertThat(IntStream.range(3 * EACH, groups.length).map(i -> groups[i]))
        .containsOnly(Clusterer.NONE);
  }

  @Test
  void kMeansMakesAsManyGroupsAsAskedForAndIsTheSameEachTime() {
    List<Vector> vectors = heaps(4);
    int[] groups = clusterer.kMeans(vectors, 4);
    expectHeaps(groups, 4);
    assertThat(clusterer.kMeans(vectors, 4)).isEqualTo(groups);
  }

  @Test
  void fewerPointsThanGroupsAreNoFault() {
    List<Vector> two = List.of(Vector.of(1, 0), Vector.of(0, 1));
    assertThat(clusterer.kMeans(two, 8)).containsExactlyInAnyOrder(0, 1);
    assertThat(clusterer.byDensity(two, 5)).containsOnly(Clusterer.NONE);
  }

  private static void expectHeaps(int[] groups, int heaps) {
    for (int heap = 0; heap < heaps; heap++) {
      assertThat(java.util.Arrays.copyOfRange(groups, heap * EACH, (heap + 1) * EACH))
          .containsOnly(groups[heap * EACH])
          .doesNotContain(Clusterer.NONE);
    }
    assertThat(IntStream.range(0, heaps).map(i -> groups[i * EACH])).doesNotHaveDuplicates();
  }

  private List<Vector> heaps(int count) {
    List<Vector> vectors = new ArrayList<>();
    for (int i = 0; i < count * EACH; i++) {
      float[] numbers = new float[NUMBERS];
      numbers[i / EACH] = 1;
      vectors.add(Vector.of(noise(numbers, 0.05f)));
    }
    return vectors;
  }

  private float[] noise(float[] numbers, float size) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] += size * (float) random.nextGaussian();
    }
    return numbers;
  }
}
