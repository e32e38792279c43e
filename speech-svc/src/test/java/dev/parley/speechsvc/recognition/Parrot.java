package dev.parley.speechsvc.recognition;

import java.util.Arrays;

/** Hears the same words in any sound. */
public record Parrot(String words) implements Recognizer {

  @Override
  public String engine() {
    return "parrot";
  }

  @Override
  public Utterance begin(String language) {
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
