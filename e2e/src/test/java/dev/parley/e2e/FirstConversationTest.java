package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.character.v1.ListCharactersResponse;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ListTurnsResponse;
import dev.parley.conversation.v1.PlaybackAck;
import dev.parley.conversation.v1.RespondResponse;
import dev.parley.conversation.v1.Resume;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.conversation.v1.Tier;
import dev.parley.conversation.v1.Turn;
import dev.parley.conversation.v1.TurnState;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FirstConversationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Running parley = Running.shared();

  private static ClientStream<ClientEvent, ServerEvent> converse(SessionStart.Builder start) {
    var stream =
        ClientStream.open(
            parley.channel(), ConversationServiceGrpc.getConverseMethod(), CallOptions.DEFAULT);
    stream.send(ClientEvent.newBuilder().setClientSeq(1).setSessionStart(start).build());
    return stream;
  }

  private static SessionStart.Builder ada(Tier... tiers) {
    return SessionStart.newBuilder().setCharacterId("ada").addAllTiers(List.of(tiers));
  }

  private static ClientEvent text(long seq, String text) {
    return ClientEvent.newBuilder()
        .setClientSeq(seq)
        .setTextInput(TextInput.newBuilder().setText(text))
        .build();
  }

  /** Receives up to and with the first event that fits. */
  private static List<ServerEvent> until(
      ClientStream<ClientEvent, ServerEvent> stream, Predicate<ServerEvent> last) {
    List<ServerEvent> events = new ArrayList<>();
    while (true) {
      ServerEvent event = stream.receive(PATIENCE).orElseThrow();
      events.add(event);
      if (last.test(event)) {
        return events;
      }
    }
  }

  @Test
  void threeCharactersShip() throws Exception {
    var answer = parley.get("/v1/characters");
    var characters = Running.parse(answer.body(), ListCharactersResponse.newBuilder());
    var shipped = Set.of("ada", "marcus", "zuri");
    var voices = new HashMap<String, String>();
    for (var character : characters.getCharactersList()) {
      if (shipped.contains(character.getId())) {
        voices.put(character.getId(), character.getVoice().getVoiceId());
      }
    }
    assertThat(voices.keySet()).isEqualTo(shipped);
    assertThat(voices.values()).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void aTypedQuestionOverRestIsAnsweredAloud() throws Exception {
    var answer = parley.post("/v1/characters/ada:respond", "{\"text\":\"Who are you?\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Turn turn = Running.parse(answer.body(), RespondResponse.newBuilder()).getTurn();
    assertThat(turn.getState()).isEqualTo(TurnState.TURN_STATE_COMPLETED);
    assertThat(turn.getReplyText()).contains("Ada");
    assertThat(turn.getWordsList()).isNotEmpty();

    var wav = parley.bytes(turn.getAudioUri(), "");
    assertThat(wav.statusCode()).isEqualTo(200);
    assertThat(new String(wav.body(), 0, 4)).isEqualTo("RIFF");
    double seconds = (wav.body().length - 44) / 2.0 / 24_000;
    double said = turn.getMediaDuration().getSeconds() + turn.getMediaDuration().getNanos() / 1e9;
    assertThat(seconds).isBetween(said - 0.05, said + 0.05);
    assertThat(parley.bytes(turn.getAudioUri(), "bytes=0-3").statusCode()).isEqualTo(206);
    assertThat(parley.get(turn.getCaptionsUri()).body()).startsWith("WEBVTT");
  }

  @Test
  void anUnknownCharacterIsAClearError() throws Exception {
    var answer = parley.post("/v1/characters/nobody:respond", "{\"text\":\"Hello\"}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("CHARACTER_NOT_FOUND").contains("nobody");
  }

  @Test
  void wordsVoiceAndFaceAreOnOneClockAndNumberedWithoutGaps() {
    try (var stream = converse(ada(Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE))) {
      stream.send(text(2, "What do you do?"));
      List<ServerEvent> events = until(stream, ServerEvent::hasTurnCompleted);

      List<Long> numbers = events.stream().map(ServerEvent::getSeq).filter(seq -> seq > 0).toList();
      for (int i = 1; i < numbers.size(); i++) {
        assertThat(numbers.get(i)).isEqualTo(numbers.get(i - 1) + 1);
      }
      long voiceEnd = 0;
      for (ServerEvent event : events) {
        if (event.hasAudioDelta()) {
          assertThat(event.getMediaTimeUs()).isEqualTo(voiceEnd);
          voiceEnd += event.getAudioDelta().getDurationUs();
        }
      }
      assertThat(voiceEnd).isGreaterThan(500_000);
      long end = voiceEnd;
      assertThat(events.stream().filter(ServerEvent::hasWordSpoken))
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e.getWordSpoken().getSpan().getEndUs()).isBetween(1L, end));
      assertThat(
              events.stream()
                  .filter(ServerEvent::hasFaceFrames)
                  .mapToInt(e -> e.getFaceFrames().getFrameCount())
                  .sum())
          .isGreaterThanOrEqualTo((int) (end / 1e6 * 30) - 3);
      byte[] voice = voice(events);
      assertThat(loudest(voice)).isGreaterThan(3000);
      assertThat(events.getLast().getTurnCompleted().getReceipt().getStagesList()).isNotEmpty();
    }
  }

  @Test
  void anInterruptionKeepsOnlyTheWordsThatWereHeard() throws Exception {
    try (var stream = converse(ada(Tier.TIER_TEXT, Tier.TIER_AUDIO))) {
      ServerEvent started = until(stream, ServerEvent::hasSessionStarted).getLast();
      stream.send(text(2, "Tell me everything about you and what you like."));
      List<ServerEvent> begun =
          until(stream, e -> e.hasAudioDelta() && e.getMediaTimeUs() >= 1_200_000);
      String turn = begun.getLast().getTurnId();
      stream.send(
          ClientEvent.newBuilder()
              .setClientSeq(3)
              .setPlaybackAck(PlaybackAck.newBuilder().setTurnId(turn).setPlayedUs(1_000_000))
              .build());
      stream.send(
          ClientEvent.newBuilder()
              .setClientSeq(4)
              .setInterrupt(Interrupt.newBuilder().setTurnId(turn).setHeardUs(1_000_000))
              .build());
      List<ServerEvent> rest = until(stream, ServerEvent::hasTurnCompleted);
      ServerEvent cut = rest.stream().filter(ServerEvent::hasInterrupted).findFirst().orElseThrow();
      assertThat(cut.getInterrupted().getHeardText()).isNotBlank();
      assertThat(cut.getInterrupted().getHeardText().split(" ").length).isLessThan(8);
      assertThat(cut.getInterrupted().getCutText()).isNotBlank();
      String session = started.getSessionStarted().getSessionId();
      var turns =
          Running.parse(
              parley.get("/v1/sessions/" + session + "/turns").body(),
              ListTurnsResponse.newBuilder());
      assertThat(turns.getTurns(0).getState()).isEqualTo(TurnState.TURN_STATE_INTERRUPTED);
      assertThat(turns.getTurns(0).getReplyText()).isEqualTo(cut.getInterrupted().getHeardText());
    }
  }

  @Test
  void aLostConnectionGoesOnMidWordWithNothingLostOrRepeated() {
    String session;
    String token;
    long last;
    List<ServerEvent> all = new ArrayList<>();
    try (var stream = converse(ada(Tier.TIER_TEXT, Tier.TIER_AUDIO))) {
      stream.send(text(2, "What do you like to do?"));
      all.addAll(until(stream, ServerEvent::hasAudioDelta));
      session = all.getFirst().getSessionStarted().getSessionId();
      token = all.getFirst().getSessionStarted().getResumeToken();
      last = all.getLast().getSeq();
    }
    Resume resume =
        Resume.newBuilder().setSessionId(session).setResumeToken(token).setAfterSeq(last).build();
    try (var stream =
        converse(
            SessionStart.newBuilder()
                .setResume(resume)
                .addTiers(Tier.TIER_TEXT)
                .addTiers(Tier.TIER_AUDIO))) {
      all.addAll(until(stream, ServerEvent::hasTurnCompleted));
    }
    List<Long> logged =
        all.stream()
            .filter(e -> !e.hasSessionStarted())
            .map(ServerEvent::getSeq)
            .filter(seq -> seq > 0)
            .toList();
    assertThat(logged).doesNotHaveDuplicates().isSorted();
    long voiceEnd = 0;
    for (ServerEvent event : all) {
      if (event.hasAudioDelta()) {
        assertThat(event.getMediaTimeUs()).isEqualTo(voiceEnd);
        voiceEnd += event.getAudioDelta().getDurationUs();
      }
    }
  }

  private static byte[] voice(List<ServerEvent> events) {
    var out = new java.io.ByteArrayOutputStream();
    events.stream()
        .filter(ServerEvent::hasAudioDelta)
        .forEach(e -> out.writeBytes(e.getAudioDelta().getData().toByteArray()));
    return out.toByteArray();
  }

  private static int loudest(byte[] pcm) {
    var samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    int loudest = 0;
    while (samples.hasRemaining()) {
      loudest = Math.max(loudest, Math.abs(samples.get()));
    }
    return loudest;
  }
}
