package dev.parley.speechsvc.recognition;

import java.util.Arrays;
import java.util.function.Consumer;

/** Hears the same words in any sound; {@code given} is told the sound as it comes. */
public record Parrot(String words, Consumer<short[]> given) implements Recognizer {

  public Parrot(String words) {
    this(words, samples -> {});
  }

  @Override
  public String engine() {
    return "parrot";
  }

  @Override
  public Utterance begin(String language, Adaptation microphone) {
    var heard =
        Hypothesis.of(
            Arrays.stream(words.split(" ")).map(w -> new HeardWord(w, 0, 1, 0.9)).toList());
    return new Utterance() {
      @Override
      public String engine() {
        return "parrot";
      }

      @Override
      public Hypothesis accept(short[] samples) {
        given.accept(samples);
        return heard;
      }

      @Override
      public Hypothesis finish() {
        return heard;
      }

      @Override
      public void close() {}
    };
  }
}
