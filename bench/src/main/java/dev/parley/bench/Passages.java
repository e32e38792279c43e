package dev.parley.bench;

import dev.parley.memorysvc.embedding.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Made passages and questions: 384 numbers that lie near a space of 32 directions, as embeddings of
 * real texts do, in topics; 80 words each from a vocabulary of 50,000 by Zipf's law, a quarter of
 * them the topic's own. The same number gives the same passage.
 */
final class Passages {
  static final int DIMENSIONS = 384;
  private static final int HIDDEN = 32;
  private static final int TOPICS = 1000;
  private static final int VOCABULARY = 50_000;
  private static final int WORDS = 80;
  private static final int ASKED = 6;
  private static final double WITHIN_TOPIC = 0.6;
  private static final double OFF_SPACE = 0.03;

  private final float[][] directions = new float[HIDDEN][DIMENSIONS];
  private final double[][] topics = new double[TOPICS][HIDDEN];

  Passages() {
    Random random = new Random(1);
    for (float[] direction : directions) {
      for (int i = 0; i < DIMENSIONS; i++) {
        direction[i] = (float) random.nextGaussian();
      }
    }
    for (double[] topic : topics) {
      for (int i = 0; i < HIDDEN; i++) {
        topic[i] = random.nextGaussian();
      }
    }
  }

  /** The meaning of a passage; questions are passages with numbers of their own. */
  Vector vector(long number) {
    Random random = random(number);
    double[] topic = topics[random.nextInt(TOPICS)];
    float[] values = new float[DIMENSIONS];
    for (int h = 0; h < HIDDEN; h++) {
      double at = topic[h] + WITHIN_TOPIC * random.nextGaussian();
      for (int i = 0; i < DIMENSIONS; i++) {
        values[i] += (float) (at * directions[h][i]);
      }
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      values[i] += (float) (OFF_SPACE * Math.sqrt(HIDDEN) * random.nextGaussian());
    }
    return Vector.of(values);
  }

  /** Its words. */
  String text(long number) {
    return words(number, WORDS);
  }

  /** A few words on its topic. */
  String question(long number) {
    return words(number, ASKED);
  }

  private static String words(long number, int count) {
    Random random = random(number);
    int topic = random.nextInt(TOPICS);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean own = random.nextInt(4) == 0;
      words.add(own ? "t" + topic + "w" + random.nextInt(50) : "w" + zipf(random));
    }
    return String.join(" ", words);
  }

  /** Rank r with a chance of about 1 / r. */
  private static int zipf(Random random) {
    return (int) Math.exp(random.nextDouble() * Math.log(VOCABULARY));
  }

  private static Random random(long number) {
    return new Random(number * 0x9E3779B97F4A7C15L + 7);
  }
}
