package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the class of a document by meaning: the mean of the meanings of its samples is compared
 * with that of every class's description. The confidence is the softmax of the cosines with
 * temperature {@value #TEMPERATURE} over all classes and a "none" of cosine {@value #NONE}; where
 * "none" is the largest, no class fits. It orders certainty and is no probability. Thread-safe.
 */
final class Classifier {
  private static final double TEMPERATURE = 0.05;
  private static final double NONE = 0.15;

  private final Meanings meanings;

  Classifier(Meanings meanings) {
    this.meanings = meanings;
  }

  /**
   * The class that fits best.
   *
   * @param samples texts of the document
   */
  Label classify(Owner owner, List<String> samples, List<DocumentClass> classes) {
    if (samples.isEmpty() || classes.isEmpty()) {
      return Label.NONE;
    }
    List<String> texts = new ArrayList<>(samples);
    classes.forEach(it -> texts.add(it.label() + ": " + it.description()));
    List<float[]> vectors = meanings.embed(owner, texts);
    float[] mean = mean(vectors.subList(0, samples.size()));
    double[] cosines = new double[classes.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = cosine(mean, vectors.get(samples.size() + i));
    }
    return best(classes, cosines);
  }

  static Label best(List<DocumentClass> classes, double[] cosines) {
    double sum = Math.exp(NONE / TEMPERATURE);
    int best = 0;
    for (int i = 0; i < cosines.length; i++) {
      sum += Math.exp(cosines[i] / TEMPERATURE);
      best = cosines[i] > cosines[best] ? i : best;
    }
    double confidence = Math.exp(cosines[best] / TEMPERATURE) / sum;
    return cosines[best] < NONE ? Label.NONE : new Label(classes.get(best).label(), confidence);
  }

  private static float[] mean(List<float[]> vectors) {
    float[] sum = new float[vectors.getFirst().length];
    for (float[] vector : vectors) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += vector[i];
      }
    }
    return sum;
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return lengthA == 0 || lengthB == 0 ? 0 : dot / Math.sqrt(lengthA * lengthB);
  }
}
