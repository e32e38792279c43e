package dev.parley.rendersvc.face;

import java.util.ArrayDeque;
import java.util.Deque;

/** Feelings that come and go slowly: those asked for, and traces read off the words. */
final class EmotionTrack {
  private static final float FROM_WORDS = .38f;
  private static final float SPEECH_LIMIT = .42f;
  private static final float FRIENDLY = .10f;
  private static final float RISE_S = .35f;
  private static final float FADE_S = .9f;
  private static final long LINGER_US = 1_400_000;
  private static final Emotion[] ALL = Emotion.values();

  private record Cue(Emotion emotion, long startUs) {}

  private final Deque<Cue> cues = new ArrayDeque<>();
  private final float[] level = new float[ALL.length];
  private Emotion asked = Emotion.NEUTRAL;
  private float askedLevel;
  private Emotion felt = Emotion.NEUTRAL;
  private long feltUntilUs;

  void ask(Emotion emotion, float intensity) {
    asked = emotion;
    askedLevel = Curve.clamp01(intensity);
  }

  void add(WordSpan word) {
    Emotion emotion = EmotionWords.of(word.text());
    if (emotion != Emotion.NEUTRAL) {
      cues.add(new Cue(emotion, word.startUs()));
    }
  }

  void apply(long t, boolean speaking, float dtSeconds, float[] weights) {
    while (!cues.isEmpty() && cues.peek().startUs() <= t + 120_000) {
      Cue cue = cues.poll();
      felt = cue.emotion();
      feltUntilUs = cue.startUs() + LINGER_US;
    }
    float limit = speaking ? SPEECH_LIMIT : .8f;
    for (Emotion emotion : ALL) {
      if (emotion != Emotion.NEUTRAL) {
        float target = Math.min(limit, target(emotion, t));
        int i = emotion.ordinal();
        float pace = 1 - (float) Math.exp(-dtSeconds / (target > level[i] ? RISE_S : FADE_S));
        level[i] += (target - level[i]) * pace;
        addTo(weights, emotion, level[i]);
      }
    }
  }

  private float target(Emotion emotion, long t) {
    float target = emotion == asked ? askedLevel : 0;
    if (emotion == felt && t < feltUntilUs) {
      target = Math.max(target, FROM_WORDS);
    }
    boolean calm = asked == Emotion.NEUTRAL && (felt == Emotion.NEUTRAL || t >= feltUntilUs);
    return emotion == Emotion.JOY && calm ? FRIENDLY : target;
  }

  private static void addTo(float[] weights, Emotion emotion, float level) {
    if (level > 1e-3f) {
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.min(1, weights[i] + level * emotion.weight(i));
      }
    }
  }
}
