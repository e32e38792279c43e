package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A character that could not understand asks, instead of answering nonsense. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoubtTest {
  private static final String ASKS = "I am not sure I heard you.";
  private final Running parley = Running.shared();

  @Test
  void aVoiceThatANoiseCoversIsAskedBack() throws Exception {
    byte[] voice =
        Microphone.samples(parley.spoken("The train leaves at seven in the morning.", "slt"));
    List<ServerEvent> events =
        said("doubt-noise-" + System.nanoTime(), Microphone.besideAFan(voice, 10));
    Transcript heard = transcript(events);
    assertThat(heard.getUncertain()).as(heard.getText()).isTrue();
    assertThat(reply(events)).startsWith(ASKS).contains(heard.getText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"What is the weather like today?", "Tell me about the history of music."})
  void aVoiceThatIsClearIsNot(String question) throws Exception {
    byte[] voice = Microphone.samples(parley.spoken(question, "slt"));
    List<ServerEvent> events = said("doubt-none-" + System.nanoTime(), voice);
    Transcript heard = transcript(events);
    assertThat(heard.getUncertain()).as(heard.getText() + heard.getConfidence()).isFalse();
    assertThat(reply(events)).doesNotContain(ASKS);
  }

  private List<ServerEvent> said(String character, byte[] pcm) throws Exception {
    var start = Talking.with(parley.character(character, ""), Tier.TIER_TEXT).build();
    try (var talk = Carrier.GRPC.open(parley.port(), start)) {
      Microphone.speak(talk, pcm);
      return Talking.until(talk, ServerEvent::hasTurnCompleted);
    }
  }

  private static Transcript transcript(List<ServerEvent> events) {
    return events.stream()
        .filter(ServerEvent::hasTranscript)
        .map(ServerEvent::getTranscript)
        .filter(Transcript::getFinal)
        .findFirst()
        .orElseThrow();
  }

  private static String reply(List<ServerEvent> events) {
    return events.getLast().getTurnCompleted().getReplyText();
  }
}
