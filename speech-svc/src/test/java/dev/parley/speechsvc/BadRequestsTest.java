package dev.parley.speechsvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.stream.ClientStream;
import dev.parley.speech.v1.EndUtterance;
import dev.parley.speech.v1.RecognitionConfig;
import dev.parley.speech.v1.RecognizeRequest;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service without a recogniser: what is wrong is refused, what is odd is reported. */
@Timeout(120)
class BadRequestsTest {

  private static Hosted hosted;
  private static ManagedChannel channel;
  private static SpeechServiceGrpc.SpeechServiceBlockingStub speech;

  @BeforeAll
  static void start() {
    var settings =
        Settings.load(List.of("--speech.recognizer=none"), Map.of(), List.of(SpeechSettings.class));
    hosted = Hosted.inProcess(new SpeechService(settings.of(SpeechSettings.class)), "bad-requests");
    channel = Hosted.channel("bad-requests");
    speech = SpeechServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void noBytesAndTooManyBytesAreRefusedBeforeTheyAreRead() {
    refused(() -> speech.recognize(RecognizeRequest.getDefaultInstance()));
    var large = ByteString.copyFrom(new byte[(8 << 20) + 1]);
    refused(() -> speech.recognize(RecognizeRequest.newBuilder().setAudio(large).build()));
    assertThat(stream(AudioFormat.getDefaultInstance(), List.of(new byte[65_537])))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void ratesChannelsAndEncodingsOutsideTheContractAreRefused() {
    for (int rate : new int[] {1, 7999, 48_001, 2_000_000, -1}) {
      var format = AudioFormat.newBuilder().setSampleRateHz(rate).build();
      refused(() -> synthesize("Hi", format));
      assertThat(stream(format, List.of())).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
    refused(() -> synthesize("Hi", AudioFormat.newBuilder().setChannels(2).build()));
    var mp3 = AudioFormat.newBuilder().setEncoding(AudioEncoding.AUDIO_ENCODING_MP3).build();
    refused(() -> synthesize("Hi", mp3));
    assertThat(stream(mp3, List.of())).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void textOfNoCharactersOrTooManyIsRefused() {
    refused(() -> synthesize("", AudioFormat.getDefaultInstance()));
    refused(() -> synthesize("a ".repeat(50_001), AudioFormat.getDefaultInstance()));
    refused(() ->
        speech.synthesizeFile(
            SynthesizeFileRequest.newBuilder().setText("a".repeat(20_001)).build()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D\uDE00\uD83D\uDE80\u2764\uFE0F",
        "\u4f60\u597d\u4e16\u754c",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "   \n\t ",
        "\u0001\u0002\u0007\u001b",
        "<speak/>",
        "\uD800",
        "...",
        "\u202e\u200b\ufeff"
      })
  void whatCannotBeSaidIsSkippedAndReportedAndTheCallEndsWell(String text) {
    var answer = synthesize(text, AudioFormat.getDefaultInstance());
    assertThat(answer.getLast().hasDone()).isTrue();
    assertThat(answer).noneMatch(SynthesizeResponse::hasAudio);
    if (text.codePoints().anyMatch(Character::isLetter) || text.contains("<")) {
      assertThat(answer).anyMatch(SynthesizeResponse::hasSkipped);
    }
  }

  @Test
  void theRestOfATextIsSaidAroundWhatIsSkipped() {
    var text = "Hello \uD83D\uDE00 <b>dear</b> \u4e16\u754c friend\u0007, na\u00efve caf\u00e9.";
    var answer = synthesize(text, AudioFormat.getDefaultInstance());
    var words = new ArrayList<String>();
    answer.forEach(a -> a.getPhrase().getWordsList().forEach(w -> words.add(w.getWord())));
    assertThat(String.join(" ", words)).contains("Hello", "dear", "friend", "caf\u00e9");
    assertThat(answer.stream().filter(SynthesizeResponse::hasSkipped)).hasSizeGreaterThan(2);
  }

  @Test
  void aWordOfAHundredThousandLettersIsCutAndReported() {
    var answer = synthesize("b" + "a".repeat(99_998), AudioFormat.getDefaultInstance());
    assertThat(answer.getLast().getDone().getDurationUs()).isBetween(1_000_000L, 120_000_000L);
    assertThat(answer).filteredOn(SynthesizeResponse::hasSkipped).hasSize(1);
    assertThat(
            answer.stream()
                .filter(SynthesizeResponse::hasSkipped)
                .findFirst()
                .orElseThrow()
                .getSkipped()
                .getText())
        .hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void opusGoesOutInPacketsOfTwentyMillisecondsAndComesIn() {
    var format = AudioFormat.newBuilder().setEncoding(AudioEncoding.AUDIO_ENCODING_OPUS).build();
    var answer = synthesize("Good morning, how are you?", format);
    var packets = new ArrayList<byte[]>();
    long at = 0;
    for (var response : answer) {
      if (response.hasAudio()) {
        assertThat(response.getAudio().getStartUs()).isEqualTo(at);
        assertThat(response.getAudio().getDurationUs()).isLessThanOrEqualTo(20_000);
        at += response.getAudio().getDurationUs();
        packets.add(response.getAudio().getData().toByteArray());
      }
    }
    assertThat(at).isGreaterThanOrEqualTo(answer.getLast().getDone().getDurationUs() - 50);
    // Speech was found in it: the recogniser that is missing was asked for.
    assertThat(stream(format, packets)).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(stream(format, List.of(new byte[3000]))).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void soundOfAnyRateIsHeardInAStreamAndSilenceIsNot() {
    for (int rate : new int[] {8000, 11_025, 22_050, 44_100, 48_000}) {
      var format = AudioFormat.newBuilder().setSampleRateHz(rate).build();
      var spoken = new ArrayList<byte[]>();
      for (var response : synthesize("Good morning, how are you today?", format)) {
        spoken.add(response.getAudio().getData().toByteArray());
      }
      assertThat(stream(format, spoken)).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(stream(format, List.of(new byte[rate], new byte[rate]))).isEqualTo(Status.Code.OK);
    }
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  private static List<SynthesizeResponse> synthesize(String text, AudioFormat format) {
    var all = new ArrayList<SynthesizeResponse>();
    speech
        .synthesize(SynthesizeRequest.newBuilder().setText(text).setAudio(format).build())
        .forEachRemaining(all::add);
    return all;
  }

  /** How a recognition stream of these messages ends. */
  private static Status.Code stream(AudioFormat format, List<byte[]> audio) {
    try (ClientStream<StreamRecognizeRequest, StreamRecognizeResponse> call =
        ClientStream.open(
            channel, SpeechServiceGrpc.getStreamRecognizeMethod(), CallOptions.DEFAULT)) {
      Thread.startVirtualThread(() -> sendAll(call, format, audio));
      while (call.receive().isPresent()) {
        continue;
      }
      return Status.Code.OK;
    } catch (RuntimeException e) {
      return Status.fromThrowable(e).getCode();
    }
  }

  private static void sendAll(
      ClientStream<StreamRecognizeRequest, StreamRecognizeResponse> call,
      AudioFormat format,
      List<byte[]> audio) {
    try {
      send(call, format, audio);
    } catch (Failure over) {
      assertThat(over.code()).isEqualTo(Failure.Code.CANCELLED);
    }
  }

  private static void send(
      ClientStream<StreamRecognizeRequest, StreamRecognizeResponse> call,
      AudioFormat format,
      List<byte[]> audio) {
    var config = RecognitionConfig.newBuilder().setAudio(format);
    call.send(StreamRecognizeRequest.newBuilder().setConfig(config).build());
    for (var piece : audio) {
      call.send(StreamRecognizeRequest.newBuilder().setAudio(ByteString.copyFrom(piece)).build());
    }
    call.send(
        StreamRecognizeRequest.newBuilder()
            .setEndUtterance(EndUtterance.getDefaultInstance())
            .build());
    call.halfClose();
  }
}
