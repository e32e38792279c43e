package dev.parley.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people and programs send that they should not; the same server goes on answering. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTest {
  private final Running parley = Running.shared();

  /** The reason of the one ErrorInfo, after checking that the answer is a Status with its code. */
  private static String reason(HttpResponse<String> answer, int http) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(http);
    JsonObject status = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(status.get("code").getAsInt()).isPositive();
    assertThat(status.get("message").getAsString()).isNotBlank();
    JsonArray details = status.getAsJsonArray("details");
    List<JsonObject> infos =
        details.asList().stream()
            .map(detail -> detail.getAsJsonObject())
            .filter(detail -> detail.get("@type").getAsString().endsWith("ErrorInfo"))
            .toList();
    assertThat(infos).hasSize(1);
    assertThat(infos.getFirst().get("domain").getAsString()).isEqualTo("parley.dev");
    return infos.getFirst().get("reason").getAsString();
  }

  private HttpResponse<String> ask(String json) throws Exception {
    return parley.post("/v1/characters/ada:respond", json);
  }

  @Test
  void textOfNoneOrTooManyCharactersIsRefused() throws Exception {
    assertThat(reason(ask("{\"text\":\"\"}"), 400)).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(ask("{}"), 400)).isEqualTo("INVALID_ARGUMENT");
    String long100k = "a".repeat(100_000);
    assertThat(reason(ask("{\"text\":\"" + long100k + "\"}"), 400)).isEqualTo("INVALID_ARGUMENT");
    var synthesize = parley.post("/v1/speech:synthesize", "{\"text\":\"" + long100k + "\"}");
    assertThat(reason(synthesize, 400)).isEqualTo("INVALID_ARGUMENT");
  }

  @ParameterizedTest
  @EnumSource
  void textWithTheCharacterZeroIsRefusedByName(Door door) {
    RespondRequest request =
        RespondRequest.newBuilder().setCharacterId("ada").setText("Good\0 evening").build();
    Outcome answer =
        door.call(parley, ConversationServiceGrpc.getRespondMethod(), request, Map.of())
            .orElseThrow();
    assertThat(answer.code()).as(answer.toString()).isEqualTo(3);
    assertThat(answer.reason()).isEqualTo("INVALID_ARGUMENT");
    assertThat(answer.text()).startsWith("text: has the character U+0000");
  }

  @Test
  void onAWebSocketTextWithTheCharacterZeroIsAProblemAndInAPathItIsRefused() throws Exception {
    try (var talk = new SocketTalk(parley.port(), Talking.with("ada", Tier.TIER_TEXT).build())) {
      talk.send(Talking.text(1, "Good\0 evening"));
      List<ServerEvent> events = Talking.until(talk, ServerEvent::hasProblem);
      assertThat(events.getLast().getProblem().getReason().name())
          .isEqualTo("REASON_INVALID_ARGUMENT");
    }
    assertThat(reason(parley.get("/v1/characters/a%00b"), 400)).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void whoIsNotThereIsNamed() throws Exception {
    var nobody = parley.post("/v1/characters/nobody:respond", "{\"text\":\"Hi\"}");
    assertThat(reason(nobody, 404)).isEqualTo("CHARACTER_NOT_FOUND");
    assertThat(reason(parley.get("/v1/turns/nothing"), 404)).isEqualTo("TURN_NOT_FOUND");
    assertThat(reason(parley.get("/v1/sessions/nothing"), 404)).isEqualTo("SESSION_NOT_FOUND");
    assertThat(reason(parley.get("/v1/sessions/nothing:subscribe"), 404))
        .isEqualTo("SESSION_NOT_FOUND");
    assertThat(reason(parley.get("/v1/avatars/nobody/model"), 404)).isEqualTo("AVATAR_NOT_FOUND");
  }

  @Test
  void audioThatIsNoneIsRefusedOnEveryDoor() throws Exception {
    byte[] garbage = new byte[5_000];
    new java.util.Random(7).nextBytes(garbage);
    byte[] text = "this is no sound at all".getBytes(US_ASCII);
    for (String path : List.of("/v1/speech:recognize", "/v1/characters/ada:respond")) {
      assertThat(reason(parley.upload(path, "audio/wav", new byte[0]), 400))
          .isEqualTo("INVALID_ARGUMENT");
      for (byte[] audio : List.of(garbage, text, "RIFF".getBytes(US_ASCII))) {
        assertThat(reason(parley.upload(path, "audio/wav", audio), 400))
            .isEqualTo("AUDIO_UNREADABLE");
      }
    }
  }

  @Test
  void aTruncatedRecordingOrOneThatLiesAboutItsLengthIsUnderstoodAsFarAsItGoes() throws Exception {
    byte[] wav = parley.spoken("What do you like to do?", "slt");
    byte[] lying = wav.clone();
    Arrays.fill(lying, 40, 44, (byte) 0x7f); // The header promises 2 GB.
    byte[] truncated = Arrays.copyOf(wav, wav.length * 3 / 4);
    for (byte[] audio : List.of(lying, truncated)) {
      var heard = parley.upload("/v1/speech:recognize", "audio/wav", audio);
      assertThat(heard.statusCode()).as(heard.body()).isEqualTo(200);
      assertThat(heard.body()).contains("what do you");
    }
  }

  @Test
  void moreBytesThanAcceptedAreRefusedBeforeTheyAreSent() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /v1/speech:recognize HTTP/1.1\r\nhost: localhost\r\ncontent-type: audio/wav\r\n"
              + "content-length: 500000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().write(new byte[16_384]);
      assertThat(firstLine(socket)).contains(" 413 ");
    }
    var big = parley.upload("/v1/speech:recognize", "audio/wav", new byte[9 << 20]);
    assertThat(reason(big, 413)).isEqualTo("TOO_LARGE");
  }

  private static String firstLine(Socket socket) throws IOException {
    byte[] bytes = new byte[256];
    return new String(bytes, 0, socket.getInputStream().read(bytes), US_ASCII);
  }

  @Test
  void silenceIsNotAnswered() throws Exception {
    byte[] silence = new byte[44 + 16_000 * 2 * 5];
    byte[] wav = parley.spoken("Hi.", "slt");
    System.arraycopy(wav, 0, silence, 0, 44);
    var answer = parley.upload("/v1/characters/ada:respond", "audio/wav", silence);
    assertThat(reason(answer, 400)).isEqualTo("RECOGNITION_FAILED");
  }

  @Test
  void headersWithoutEndAndForeignPagesAreRefused() throws Exception {
    var long32k = parley.send(parley.to("/v1/voices").header("x-a", "a".repeat(32_000)), "GET", "");
    assertThat(long32k.statusCode()).isEqualTo(431);
    var foreign =
        parley.send(parley.to("/v1/voices").header("Origin", "https://evil.example"), "GET", "");
    assertThat(reason(foreign, 403)).isEqualTo("FORBIDDEN");
  }

  @ParameterizedTest
  @EnumSource
  void eventsThatComeTwiceAreTakenOnce(Carrier carrier) throws Exception {
    String character = parley.character("twice-" + carrier.ordinal(), "");
    var start = Talking.with(character, Tier.TIER_TEXT).build();
    try (var talk = carrier.open(parley.port(), start)) {
      talk.send(Talking.text(5, "What is your name?"));
      talk.send(Talking.text(5, "What is your name?"));
      talk.send(Talking.text(4, "An older one."));
      assertThat(Talking.until(talk, ServerEvent::hasTurnCompleted))
          .filteredOn(ServerEvent::hasTurnStarted)
          .hasSize(1);
      talk.send(Talking.text(6, "Thank you."));
      List<ServerEvent> next = Talking.until(talk, ServerEvent::hasTurnCompleted);
      assertThat(next.getFirst().getTurnStarted().getInputText()).isEqualTo("Thank you.");
    }
  }

  @Test
  void aFirstEventThatIsNoStartIsRefused() {
    try (var talk = new GrpcTalk(parley.port(), Talking.with("nobody").build())) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> talk.next(Talking.PATIENCE)))
          .hasMessageContaining("no character with id \"nobody\"");
    }
    try (var talk = new SocketTalk(parley.port(), Talking.with("nobody").build())) {
      var problem = talk.next(Talking.PATIENCE).orElseThrow().getProblem();
      assertThat(problem.getReason().name()).isEqualTo("REASON_CHARACTER_NOT_FOUND");
      assertThat(talk.next(Talking.PATIENCE)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "WEB_SOCKET"})
  void whoSendsSoundWithoutEndHoldsUpNobodyElse(Carrier carrier) throws Exception {
    String character = parley.character("flood-" + carrier.ordinal(), "");
    var start = Talking.with(character, Tier.TIER_TEXT).build();
    ClientEvent chunk =
        ClientEvent.newBuilder()
            .setAudioChunk(AudioChunk.newBuilder().setData(ByteString.copyFrom(new byte[32_000])))
            .build();
    try (var talk = carrier.open(parley.port(), start)) {
      Thread flood =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!Thread.interrupted()) {
                    talk.send(chunk);
                  }
                } catch (RuntimeException refused) {
                  return; // So much more than real time is refused.
                }
              });
      long begin = System.nanoTime();
      assertThat(ask("{\"text\":\"What is your name?\"}").statusCode()).isEqualTo(200);
      assertThat((System.nanoTime() - begin) / 1e9).isLessThan(30);
      flood.interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GRPC", "WEB_SOCKET"})
  void whoStopsReadingHoldsUpNobodyElse(Carrier carrier) throws Exception {
    String words = "This is a sentence that takes some time to say aloud. ".repeat(8).strip();
    String character = parley.character("deaf-" + carrier.ordinal(), words);
    var start = Talking.with(character, Tier.TIER_TEXT, Tier.TIER_AUDIO, Tier.TIER_FACE);
    try (StalledClient stalled = StalledClient.open(parley.port(), carrier, start.setGreet(true))) {
      Thread.sleep(2_000);
      assertThat(ask("{\"text\":\"What is your name?\"}").statusCode()).isEqualTo(200);
      assertThat(stalled.isOpen()).isTrue();
    }
  }
}
