package dev.parley.speechsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.stream.ClientStream;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.RecognitionConfig;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.RecognizedUtterance;
import dev.parley.speech.v1.SpeakingStyle;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesizeFileRequest;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.type.v1.AudioEncoding;
import dev.parley.type.v1.AudioFormat;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SpeechServiceTest {

  private static final String QUESTION = "What is the weather like in the city today?";

  private static Hosted hosted;
  private static ManagedChannel channel;
  private static SpeechServiceGrpc.SpeechServiceBlockingStub speech;

  @BeforeAll
  static void start() {
    var settings = Settings.load(List.of(), Map.of(), List.of(SpeechSettings.class));
    hosted = Hosted.inProcess(new SpeechService(settings.of(SpeechSettings.class)), "speech-test");
    channel = Hosted.channel("speech-test");
    speech = SpeechServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void wordsComeBeforeTheirAudioOnOneGaplessClock() {
    var answer = synthesize("Good morning. How are you <b>today</b>?", 24_000);
    long at = 0;
    long phraseEnd = 0;
    for (var response : answer) {
      if (response.hasPhrase()) {
        assertThat(response.getPhrase().getSpan().getStartUs()).isEqualTo(phraseEnd);
        phraseEnd = response.getPhrase().getSpan().getEndUs();
      } else if (response.hasAudio()) {
        assertThat(response.getAudio().getStartUs()).isEqualTo(at);
        at += response.getAudio().getDurationUs();
        assertThat(at).isLessThanOrEqualTo(phraseEnd + 50);
      }
    }
    assertThat(answer.getLast().getDone().getDurationUs()).isBetween(at - 50, at + 50);
    assertThat(answer.stream().filter(SynthesizeResponse::hasSkipped)).hasSize(2);
  }

  @Test
  void whatIsSpokenIsRecognisedInAStream() {
    var heard = new ArrayList<StreamRecognizeResponse>();
    var audio = new ByteArrayOutputStream();
    audio.writeBytes(new byte[16_000]);
    audio.writeBytes(audio(QUESTION, 48_000));
    audio.writeBytes(new byte[48_000 * 2 * 2]);
    try (var call =
        ClientStream.open(
            channel, SpeechServiceGrpc.getStreamRecognizeMethod(), CallOptions.DEFAULT)) {
      Thread.startVirtualThread(() -> send(call, audio.toByteArray()));
      for (var next = call.receive(); next.isPresent(); next = call.receive()) {
        heard.add(next.get());
      }
    }
    assertThat(heard.getFirst().hasSpeechStarted()).isTrue();
    assertThat(heard.getFirst().getSpeechStarted().getInputTimeUs()).isBetween(0L, 700_000L);
    assertThat(heard).anyMatch(StreamRecognizeResponse::hasPartial);
    assertThat(heard).anyMatch(StreamRecognizeResponse::hasSpeechStopped);
    assertThat(heard.getLast().hasFinal()).isTrue();
    assertMostWords(heard.getLast().getFinal());
  }

  private static void send(
      ClientStream<StreamRecognizeRequest, StreamRecognizeResponse> call, byte[] audio) {
    var format = AudioFormat.newBuilder().setSampleRateHz(48_000);
    var config = RecognitionConfig.newBuilder().setAudio(format);
    call.send(StreamRecognizeRequest.newBuilder().setConfig(config).build());
    for (int at = 0; at < audio.length; at += 1920) {
      var piece = Arrays.copyOfRange(audio, at, Math.min(audio.length, at + 1920));
      call.send(StreamRecognizeRequest.newBuilder().setAudio(ByteString.copyFrom(piece)).build());
    }
    call.halfClose();
  }

  private static void assertMostWords(RecognizedUtterance heard) {
    var expected = List.of(QUESTION.toLowerCase().replace("?", "").split(" "));
    var words = List.of(heard.getText().split(" "));
    assertThat(expected.stream().filter(words::contains).count())
        .as(heard.getText())
        .isGreaterThanOrEqualTo(expected.size() - 2);
    long last = 0;
    for (var word : heard.getWordsList()) {
      assertThat(word.getSpan().getStartUs()).isGreaterThanOrEqualTo(last);
      last = word.getSpan().getStartUs();
    }
  }

  @Test
  void whatWasHeardBeforeDoesNotMoveTheTimesOfWhatIsHeardNext() {
    var file =
        speech.synthesizeFile(
            SynthesizeFileRequest.newBuilder()
                .setText(QUESTION)
                .setStyle(SpeakingStyle.newBuilder().setVoiceId("slt"))
                .build());
    var request = RecognizeRequest.newBuilder().setAudio(file.getData()).build();
    for (int i = 0; i < 3; i++) {
      var words = speech.recognize(request).getUtterances(0).getWordsList();
      assertThat(words.getFirst().getSpan().getStartUs()).isLessThan(500_000);
      assertThat(words.getLast().getSpan().getEndUs()).isBetween(1_500_000L, 4_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUDIO_ENCODING_WAV", "AUDIO_ENCODING_MP3", "AUDIO_ENCODING_OGG_OPUS"})
  void aFileThatWasSpokenIsRecognisedAgain(AudioEncoding encoding) {
    var file =
        speech.synthesizeFile(
            SynthesizeFileRequest.newBuilder()
                .setText(QUESTION)
                .setAudio(AudioFormat.newBuilder().setEncoding(encoding))
                .build());
    var heard = speech.recognize(RecognizeRequest.newBuilder().setAudio(file.getData()).build());
    assertThat(heard.getUtterancesCount()).isGreaterThan(0);
    assertThat(heard.getText()).contains("weather");
  }

  @Test
  void bytesThatAreNoAudioAreRefused() {
    for (var bytes : new byte[][] {{1, 2, 3}, new byte[5000], "<html>hello</html>".getBytes()}) {
      assertThatThrownBy(() ->
              speech.recognize(
                  RecognizeRequest.newBuilder().setAudio(ByteString.copyFrom(bytes)).build()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
          .hasMessageContaining("audio");
    }
  }

  @Test
  void voicesHaveNamesAndTheFirstIsTheDefault() {
    var voices = speech.listVoices(ListVoicesRequest.getDefaultInstance()).getVoicesList();
    assertThat(voices).hasSizeGreaterThanOrEqualTo(3).allMatch(v -> !v.getDisplayName().isEmpty());
    assertThat(voices).filteredOn(v -> v.getGender().equals("female")).hasSizeGreaterThan(1);
    assertThat(synthesize("Hi.", 0).getLast().getDone().getVoiceId())
        .isEqualTo(voices.getFirst().getId());
  }

  @Test
  void anUnknownVoiceIsNotFound() {
    var style = SpeakingStyle.newBuilder().setVoiceId("nobody");
    var request = SynthesizeRequest.newBuilder().setText("Hi").setStyle(style).build();
    assertThatThrownBy(() -> speech.synthesize(request).hasNext())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
  }

  private static List<SynthesizeResponse> synthesize(String text, int rate) {
    var all = new ArrayList<SynthesizeResponse>();
    speech
        .synthesize(
            SynthesizeRequest.newBuilder()
                .setText(text)
                .setAudio(AudioFormat.newBuilder().setSampleRateHz(rate))
                .build())
        .forEachRemaining(all::add);
    return all;
  }

  private static byte[] audio(String text, int rate) {
    var bytes = new ByteArrayOutputStream();
    for (var response : synthesize(text, rate)) {
      bytes.writeBytes(response.getAudio().getData().toByteArray());
    }
    return bytes.toByteArray();
  }
}
