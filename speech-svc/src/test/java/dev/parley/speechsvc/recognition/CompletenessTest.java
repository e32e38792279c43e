package dev.parley.speechsvc.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompletenessTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yes",
        "hello",
        "why",
        "what is the weather like today",
        "tell me a story",
        "i live in berlin",
        "thank you",
        "who are you",
        "where do you live",
        "stop it now",
        "i would like to see you",
        "tell me about it",
        "what is that"
      })
  void wholeThoughtsAreWhole(String words) {
    assertThat(Completeness.of(words)).isEqualTo(Completeness.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i want to",
        "what is the",
        "because",
        "tell me about the",
        "i went home and",
        "could you",
        "what do you",
        "well um",
        "my name is",
        "i'm",
        "it costs twenty",
        "do you know if",
        "in front of",
        "i think that",
        "can you tell me what"
      })
  void thoughtsThatAskForMoreAreOpen(String words) {
    assertThat(Completeness.of(words)).isEqualTo(Completeness.OPEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "blue cheese", "my garden", "weather"})
  void fragmentsLeaveDoubt(String words) {
    assertThat(Completeness.of(words)).isEqualTo(Completeness.UNSURE);
  }
}
