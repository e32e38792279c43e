package dev.parley.speechsvc.recognition;

import java.util.Locale;
import java.util.Set;

/** Whether English words so far sound like a whole thought. */
final class Completeness {

  private static final Set<String> OPEN =
      Set.of(
          "a", "an", "the", "and", "or", "but", "nor", "so", "because", "if", "when", "while",
          "although", "unless", "until", "since", "than", "that", "which", "who", "whose", "where",
          "to", "of", "in", "on", "at", "by", "for", "from", "with", "without", "about", "into",
          "between", "my", "your", "his", "her", "our", "their", "its", "this", "these", "those",
          "i", "we", "they", "he", "she", "i'm", "i'll", "i'd", "i've", "we're", "they're", "is",
          "are", "was", "were", "am", "be", "can", "could", "would", "should", "will", "shall",
          "may", "might", "must", "do", "does", "did", "have", "has", "had", "very", "really",
          "like", "um", "uh", "er", "well", "let's", "please", "what's", "it's", "some", "any");

  private Completeness() {}

  /** False when the last word asks for another. */
  static boolean complete(String text) {
    var trimmed = text.strip().toLowerCase(Locale.ROOT);
    return trimmed.isEmpty() || !OPEN.contains(trimmed.substring(trimmed.lastIndexOf(' ') + 1));
  }
}
