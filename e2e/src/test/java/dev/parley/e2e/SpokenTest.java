package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversations by voice, as a microphone would give them. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpokenTest {
  private static final String QUESTION = "What do you like to do?";
  private final Running parley = Running.shared();
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "WEB_SOCKET"})
  void aSpokenQuestionIsWrittenDownWhileItIsHeardAndAnsweredAloud(Carrier carrier)
      throws Exception {
    String character = parley.character("spoken-" + carrier.ordinal(), "");
    byte[] pcm = Microphone.samples(parley.spoken(QUESTION, "slt"));
    var start = Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO).build();
    try (var talk = carrier.open(parley.port(), start)) {
      Microphone.speak(talk, pcm);
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasTurnCompleted);
      List<Transcript> transcripts =
          events.stream()
              .filter(ServerEvent::hasTranscript)
              .map(ServerEvent::getTranscript)
              .toList();
      assertThat(transcripts).hasSizeGreaterThan(1);
      assertThat(transcripts.getFirst().getFinal()).isFalse();
      Transcript last = transcripts.getLast();
      assertThat(last.getText()).isEqualTo("what do you like to do");
      assertThat(last.getWordsList()).hasSize(6);
      assertThat(events).anyMatch(ServerEvent::hasSpeechStarted);
      assertThat(Sound.of(Talking.voice(events)).loudest(0, 1_500_000)).isGreaterThan(-30);
    }
  }

  @Test
  void anotherEnginesVoiceIsUnderstoodToo() throws Exception {
    Path espeak = Path.of("/usr/bin/espeak-ng");
    Assumptions.assumeTrue(Files.isExecutable(espeak), "espeak-ng is not here");
    Path wav = folder.resolve("espeak.wav");
    new ProcessBuilder(
            espeak.toString(), "-v", "en-us", "-s", "140", "-w", wav.toString(), QUESTION)
        .start()
        .waitFor();
    var heard = parley.upload("/v1/speech:recognize", "audio/wav", Files.readAllBytes(wav));
    assertThat(heard.statusCode()).isEqualTo(200);
    assertThat(heard.body()).contains("you").contains("like");
  }

  @Test
  void memoryAndHistoryKeepOnlyTheWordsThatWereHeard() throws Exception {
    String character =
        parley.character(
            "forgetful",
            "The first secret is a violet lantern. The second secret is a copper elephant.");
    var start = Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO).setGreet(true).build();
    String session;
    String heard;
    try (var talk = Carrier.GRPC.open(parley.port(), start)) {
      List<ServerEvent> begun =
          Talking.until(talk, e -> e.hasAudioDelta() && e.getMediaTimeUs() > 1_500_000);
      session = begun.getFirst().getSessionStarted().getSessionId();
      talk.send(
          ClientEvent.newBuilder()
              .setInterrupt(Interrupt.newBuilder().setHeardUs(1_200_000))
              .build());
      List<ServerEvent> rest = Talking.until(talk, ServerEvent::hasTurnCompleted);
      heard = rest.getLast().getTurnCompleted().getReplyText();
      assertThat(heard).startsWith("The first").doesNotContain("elephant");
      talk.send(Talking.text(1, "What is the second secret?"));
      String reply =
          Talking.until(talk, ServerEvent::hasTurnCompleted)
              .getLast()
              .getTurnCompleted()
              .getReplyText();
      assertThat(reply).doesNotContain("elephant");
    }
    String turns = parley.get("/v1/sessions/" + session + "/turns").body();
    assertThat(turns).contains("\"replyText\":\"" + heard + "\"").contains("elephant.\"");
    assertThat(turns).contains("\"cutText\":");
    var later =
        parley.post(
            "/v1/characters/forgetful:respond", "{\"text\":\"Is there a copper elephant?\"}");
    assertThat(later.body()).doesNotContain("The second secret is");
  }
}
