package dev.parley.kit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.health.Part;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.stream.ClientStream;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.ListVoicesResponse;
import dev.parley.speech.v1.RecognizedUtterance;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesizeRequest;
import dev.parley.speech.v1.SynthesizeResponse;
import dev.parley.speech.v1.SynthesizedAudio;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostedTest {
  private final AtomicInteger sent = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);
  private Hosted hosted;
  private ManagedChannel channel;

  private final class Probe extends SpeechServiceGrpc.SpeechServiceImplBase {
    @Override
    public void listVoices(ListVoicesRequest request, StreamObserver<ListVoicesResponse> out) {
      throw Failure.invalid("language", request.getLanguage() + " (expected a known one)");
    }

    @Override
    public void synthesize(SynthesizeRequest request, StreamObserver<SynthesizeResponse> out) {
      ServerStreams.stream(
          out,
          stream -> {
            stream.onOver(gone::countDown);
            ByteString bytes = ByteString.copyFrom(new byte[32_000]);
            for (int i = 0; i < 10_000; i++) {
              stream.send(
                  SynthesizeResponse.newBuilder()
                      .setAudio(SynthesizedAudio.newBuilder().setData(bytes))
                      .build());
              sent.incrementAndGet();
            }
          });
    }

    @Override
    public StreamObserver<StreamRecognizeRequest> streamRecognize(
        StreamObserver<StreamRecognizeResponse> out) {
      return ServerStreams.bidi(
          out,
          (in, stream) -> {
            int bytes = 0;
            for (var next = in.take(); next.isPresent(); next = in.take()) {
              bytes += next.get().getAudio().size();
            }
            stream.send(
                StreamRecognizeResponse.newBuilder()
                    .setFinal(
                        RecognizedUtterance.newBuilder()
                            .setText(Caller.current().owner().personId() + " " + bytes))
                    .build());
          });
    }
  }

  private final class ProbeService implements Service {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(new Probe());
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void host() {
    hosted = Hosted.inProcess(new ProbeService(), "hosted-test");
    channel = Hosted.channel("hosted-test");
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void aFailureKeepsItsReasonAndFieldAcrossTheWire() {
    var thrown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SpeechServiceGrpc.newBlockingStub(channel)
                    .listVoices(ListVoicesRequest.newBuilder().setLanguage("xx").build()));
    Failure failure = Failures.fromStatus(thrown);
    assertThat(failure.code()).isEqualTo(Failure.Code.INVALID_ARGUMENT);
    assertThat(failure.reason()).isEqualTo("INVALID_ARGUMENT");
    assertThat(failure).hasMessage("language: xx (expected a known one)");
  }

  @Test
  void aRequestThatBreaksTheContractNamesItsField() {
    var thrown =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SpeechServiceGrpc.newBlockingStub(channel)
                    .listVoices(
                        ListVoicesRequest.newBuilder().setLanguage("x".repeat(36)).build()));
    assertThat(Failures.fromStatus(thrown)).hasMessageStartingWith("language: ");
  }

  @Test
  void aSlowClientHoldsTheServerBack() throws Exception {
    try (var stream =
        ClientStream.call(
            channel,
            SpeechServiceGrpc.getSynthesizeMethod(),
            CallOptions.DEFAULT,
            SynthesizeRequest.newBuilder().setText("x").build())) {
      stream.receive();
      Thread.sleep(300);
      assertThat(sent.get()).isLessThan(200);
    }
    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void bothDirectionsFlowAndTheCallerIsKnown() {
    try (var stream =
        ClientStream.open(
            channel, SpeechServiceGrpc.getStreamRecognizeMethod(), CallOptions.DEFAULT)) {
      ByteString chunk = ByteString.copyFrom(new byte[640]);
      for (int i = 0; i < 500; i++) {
        stream.send(StreamRecognizeRequest.newBuilder().setAudio(chunk).build());
      }
      stream.halfClose();
      var answer = stream.receive(Duration.ofSeconds(5)).orElseThrow();
      assertThat(answer.getFinal().getText()).isEqualTo("local 320000");
      assertThat(stream.receive(Duration.ofSeconds(5))).isEmpty();
    }
  }
}
