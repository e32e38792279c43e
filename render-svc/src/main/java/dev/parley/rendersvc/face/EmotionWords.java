package dev.parley.rendersvc.face;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A little feeling read off single English words; a hint, not an analysis. */
final class EmotionWords {
  private static final Map<String, Emotion> BY_STEM = new HashMap<>();

  static {
    put(
        Emotion.JOY,
        "happy glad great love lovely wonderful thank thanks welcome hello hi hey"
            + " pleasure enjoy fun nice good fantastic delighted smile laugh yes perfect excellent"
            + " congratulations beautiful friend exciting excited");
    put(Emotion.SADNESS, "sad sadly lost miss alone lonely died death cry tears unhappy grief");
    put(
        Emotion.SURPRISE,
        "wow really amazing incredible suddenly surprise surprised surprising"
            + " unbelievable astonishing");
    put(Emotion.ANGER, "angry anger hate furious outrageous");
    put(
        Emotion.CONCERN,
        "sorry unfortunately afraid worry worried problem wrong cannot unable"
            + " careful danger pain hurt difficult don't can't");
  }

  private EmotionWords() {}

  static Emotion of(String word) {
    String bare = word.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}']", "");
    return BY_STEM.getOrDefault(bare, Emotion.NEUTRAL);
  }

  private static void put(Emotion emotion, String words) {
    for (String word : words.split(" ")) {
      BY_STEM.put(word, emotion);
    }
  }
}
