package dev.parley.speechsvc.recognition;

import java.util.Arrays;
import java.util.Optional;

/**
 * How long a silence must last for the utterance to be over: by the words so far, and, where there
 * is a turn model, by its judgement of the sound, asked once in each pause. One utterance, one
 * thread.
 */
final class Patience {

  /** A turn model is asked after this much silence; it was made for about as much. */
  private static final int ASKED_MS = 200;

  private static final double OVER = 0.5;

  private final Endpointing endpointing;
  private final Optional<TurnModel> model;
  private final short[] sound;
  private int length;
  private Optional<Boolean> over = Optional.empty();

  Patience(Endpointing endpointing, Optional<TurnModel> model) {
    this.endpointing = endpointing;
    this.model = model;
    sound = new short[model.isPresent() ? TurnModel.SECONDS * Recognizer.RATE_HZ : 0];
  }

  /** Takes the sound of the utterance, silence included. */
  void hear(short[] samples) {
    if (sound.length == 0) {
      return;
    }
    int kept = Math.min(length, sound.length - samples.length);
    System.arraycopy(sound, length - kept, sound, 0, kept);
    System.arraycopy(samples, 0, sound, kept, samples.length);
    length = kept + samples.length;
  }

  /** Somebody speaks: what was judged in the last pause is void. */
  void speech() {
    over = Optional.empty();
  }

  /** Milliseconds of silence to wait for, after words that sound so and so much silence already. */
  int ms(String words, long silenceMs) {
    if (model.isPresent() && over.isEmpty() && silenceMs >= ASKED_MS) {
      over = Optional.of(model.get().over(Arrays.copyOf(sound, length)) >= OVER);
    }
    var thought = Completeness.of(words);
    int between = (endpointing.endSilence() + endpointing.unfinishedSilence()) / 2;
    if (over.isPresent()) {
      boolean doubt = over.get() && thought == Completeness.OPEN;
      return doubt
          ? between
          : over.get() ? endpointing.endSilence() : endpointing.unfinishedSilence();
    }
    return switch (thought) {
      case WHOLE -> endpointing.endSilence();
      case UNSURE -> between;
      case OPEN -> endpointing.unfinishedSilence();
    };
  }
}
