package dev.parley.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.ListVoicesResponse;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String METHOD = "parley.speech.v1.SpeechService/ListVoices";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(spans)).build();
  private Hosted hosted;
  private ManagedChannel channel;

  private static final class Voices extends SpeechServiceGrpc.SpeechServiceImplBase {
    @Override
    public void listVoices(ListVoicesRequest request, StreamObserver<ListVoicesResponse> out) {
      if (request.getLanguage().equals("xx")) {
        throw Failure.invalid("language", "xx (expected a known one)");
      }
      Span inner = Traces.begin("inner");
      inner.end();
      out.onNext(ListVoicesResponse.getDefaultInstance());
      out.onCompleted();
    }
  }

  private static final class Probe implements Service {
    @Override
    public String name() {
      return "probe";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(new Voices());
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
    hosted = Hosted.inProcess(new Probe(), "traced");
    channel = Hosted.channel("traced");
  }

  @AfterEach
  void stop() {
    Traces.use(Optional.empty());
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void aCallWithinASpanMakesOneTraceFromTheCallerThroughTheServiceToWhatItDoes() {
    Traces.use(Optional.of(provider));
    Span turn = Traces.begin("turn");

    Traces.run(turn, () -> voices("en"));
    turn.end();

    SpanData root = span("turn", SpanKind.INTERNAL);
    SpanData client = span(METHOD, SpanKind.CLIENT);
    SpanData server = span(METHOD, SpanKind.SERVER);
    SpanData inner = span("inner", SpanKind.INTERNAL);
    assertThat(spans.getFinishedSpanItems())
        .extracting(SpanData::getTraceId)
        .containsOnly(root.getTraceId());
    assertThat(client.getParentSpanId()).isEqualTo(root.getSpanId());
    assertThat(server.getParentSpanId()).isEqualTo(client.getSpanId());
    assertThat(inner.getParentSpanId()).isEqualTo(server.getSpanId());
  }

  @Test
  void aCallThatFailsMarksItsSpansWithTheCode() {
    Traces.use(Optional.of(provider));

    assertThatThrownBy(() -> voices("xx")).isInstanceOf(StatusRuntimeException.class);

    SpanData client = span(METHOD, SpanKind.CLIENT);
    assertThat(client.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(client.getStatus().getDescription()).isEqualTo("INVALID_ARGUMENT");
    assertThat(span(METHOD, SpanKind.SERVER).getStatus().getStatusCode())
        .isEqualTo(StatusCode.ERROR);
  }

  @Test
  void otherProtocolsGetTheTraceInTheStandardHeader() {
    Traces.use(Optional.of(provider));
    Span turn = Traces.begin("turn");
    Map<String, String> headers = new HashMap<>();

    Traces.run(turn, () -> Traces.inject(headers::put));

    assertThat(headers.get("traceparent"))
        .startsWith(
            "00-%s-%s-"
                .formatted(turn.getSpanContext().getTraceId(), turn.getSpanContext().getSpanId()));
  }

  @Test
  void withoutACollectorNothingIsMadeAndNoHeaderIsSent() {
    Map<String, String> headers = new HashMap<>();

    voices("en");
    Traces.run(Traces.begin("turn"), () -> Traces.inject(headers::put));

    assertThat(headers).isEmpty();
    assertThat(spans.getFinishedSpanItems()).isEmpty();
  }

  private void voices(String language) {
    SpeechServiceGrpc.newBlockingStub(channel)
        .listVoices(ListVoicesRequest.newBuilder().setLanguage(language).build());
  }

  private SpanData span(String name, SpanKind kind) {
    return spans.getFinishedSpanItems().stream()
        .filter(it -> it.getName().equals(name) && it.getKind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no span " + name + " " + kind));
  }
}
