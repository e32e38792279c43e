package dev.parley.speechsvc.recognition;

import dev.parley.kit.failure.Failure;
import java.time.Duration;

/** Stands where no recogniser is installed: says so whenever somebody speaks. */
public record NoRecognizer(String why) implements Recognizer {

  @Override
  public String engine() {
    return "none";
  }

  @Override
  public Utterance begin(String language, Adaptation microphone) {
    throw Failure.unavailable("no recogniser: " + why, Duration.ofSeconds(60));
  }
}
