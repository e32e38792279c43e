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
        "what is that",
        "what can you do",
        "where are you from",
        "what is the weather like",
        "what music do you like",
        "tell me what music you like",
        "who are you looking for",
        "could you tell me what your favourite colour is",
        "i do not know what to do",
        "how do you do"
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
        "can you tell me what",
        "what is",
        "what colour is",
        "do you like",
        "what is the weather in",
        "i think the reason is",
        "where do you want"
      })
  void thoughtsThatAskForMoreAreOpen(String words) {
    assertThat(Completeness.of(words)).isEqualTo(Completeness.OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "blue cheese",
        "my garden",
        "weather",
        "what do you want",
        "what are you working on",
        "tell me where you are"
      })
  void fragmentsLeaveDoubt(String words) {
    assertThat(Completeness.of(words)).isEqualTo(Completeness.UNSURE);
  }
}
