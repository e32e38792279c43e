package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import dev.parley.render.v1.DownloadAvatarRequest;
import dev.parley.render.v1.DownloadAvatarResponse;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.RecognizeResponse;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import dev.parley.speech.v1.SynthesizeFileRequest;
import dev.parley.speech.v1.VoiceActivity;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services that a channel reaches. */
class ProxyTest {
  private static final byte[] WAV = {'R', 'I', 'F', 'F', 0, (byte) 0xff};

  private final AtomicReference<Metadata> seen = new AtomicReference<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Server inner;
  private ManagedChannel channel;
  private Edge edge;

  @BeforeEach
  void start() throws Exception {
    inner =
        InProcessServerBuilder.forName("proxy-test")
            .addService(new FakeSpeech())
            .addService(new FakeRender())
            .intercept(new Seeing(seen))
            .build()
            .start();
    channel = InProcessChannelBuilder.forName("proxy-test").build();
    edge =
        Edge.builder()
            .service(SpeechServiceGrpc.getServiceDescriptor(), channel)
            .service(RenderServiceGrpc.getServiceDescriptor(), channel)
            .start();
  }

  @AfterEach
  void stop() {
    edge.close();
    channel.shutdownNow();
    inner.shutdownNow();
    http.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + path));
  }

  @Test
  void aFileIsSpokenOverRest() throws Exception {
    HttpResponse<byte[]> spoken =
        http.send(
            to("/v1/speech:synthesize")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"hi\"}"))
                .build(),
            BodyHandlers.ofByteArray());
    assertThat(spoken.statusCode()).isEqualTo(200);
    assertThat(spoken.headers().firstValue("content-type")).contains("audio/wav");
    assertThat(spoken.body()).isEqualTo(WAV);
  }

  @Test
  void aFileIsRecognisedAndNobodyNamesAnOwner() throws Exception {
    HttpResponse<String> heard =
        http.send(
            to("/v1/speech:recognize?language=en-GB")
                .header("content-type", "audio/wav")
                .header("x-request-id", "r-7")
                .header("parley-person", "somebody-else")
                .POST(BodyPublishers.ofByteArray(WAV))
                .build(),
            BodyHandlers.ofString());
    assertThat(heard.body()).isEqualTo("{\"text\":\"6 en-GB\"}");
    assertThat(seen.get().get(key("x-request-id"))).isEqualTo("r-7");
    assertThat(seen.get().containsKey(key("parley-person"))).isFalse();
    assertThat(seen.get().get(key("parley-door"))).isEqualTo("outside");
  }

  @Test
  void anAvatarComesInParts() throws Exception {
    HttpResponse<byte[]> part =
        http.send(
            to("/v1/avatars/mira/model").header("range", "bytes=2-3").build(),
            BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(new byte[] {'F', 'F'});
    assertThat(part.headers().firstValue("etag")).contains("\"v7\"");
    HttpResponse<Void> picture =
        http.send(to("/v1/avatars/mira/picture").HEAD().build(), BodyHandlers.discarding());
    assertThat(picture.headers().firstValue("content-type")).contains("image/png");
  }

  @Test
  void bothWaysWithHeadersThatAreNotOurs() {
    ManagedChannel outer =
        NettyChannelBuilder.forAddress("127.0.0.1", edge.port()).usePlaintext().build();
    try {
      LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
      StreamObserver<StreamRecognizeRequest> in =
          SpeechServiceGrpc.newStub(outer)
              .withCallCredentials(new Claiming())
              .streamRecognize(new Into(heard));
      for (int i = 1; i <= 300; i++) {
        in.onNext(
            StreamRecognizeRequest.newBuilder()
                .setAudio(ByteString.copyFrom(new byte[i * 10]))
                .build());
      }
      in.onCompleted();
      for (int i = 1; i <= 300; i++) {
        assertThat(Events.take(heard)).isEqualTo(i * 10L);
      }
      assertThat(Events.take(heard)).isEqualTo("done");
      assertThat(seen.get().containsKey(key("parley-organisation"))).isFalse();
    } finally {
      outer.shutdownNow();
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private record Seeing(AtomicReference<Metadata> seen) implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      seen.set(headers);
      return next.startCall(call, headers);
    }
  }

  private static final class Claiming extends io.grpc.CallCredentials {
    @Override
    public void applyRequestMetadata(
        RequestInfo info, java.util.concurrent.Executor executor, MetadataApplier applier) {
      Metadata claimed = new Metadata();
      claimed.put(key("parley-organisation"), "somebody-else");
      applier.apply(claimed);
    }
  }

  private record Into(LinkedBlockingQueue<Object> heard)
      implements StreamObserver<StreamRecognizeResponse> {
    @Override
    public void onNext(StreamRecognizeResponse response) {
      heard.add(response.getSpeechStarted().getInputTimeUs());
    }

    @Override
    public void onError(Throwable thrown) {
      heard.add(thrown);
    }

    @Override
    public void onCompleted() {
      heard.add("done");
    }
  }

  /** Says how many bytes it got. */
  private static final class FakeSpeech extends SpeechServiceGrpc.SpeechServiceImplBase {
    @Override
    public void recognize(RecognizeRequest request, StreamObserver<RecognizeResponse> out) {
      String text = request.getAudio().size() + " " + request.getLanguage();
      out.onNext(RecognizeResponse.newBuilder().setText(text).build());
      out.onCompleted();
    }

    @Override
    public void synthesizeFile(SynthesizeFileRequest request, StreamObserver<HttpBody> out) {
      out.onNext(
          HttpBody.newBuilder()
              .setContentType("audio/wav")
              .setData(ByteString.copyFrom(WAV))
              .build());
      out.onCompleted();
    }

    @Override
    public StreamObserver<StreamRecognizeRequest> streamRecognize(
        StreamObserver<StreamRecognizeResponse> out) {
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamRecognizeRequest request) {
          VoiceActivity size =
              VoiceActivity.newBuilder().setInputTimeUs(request.getAudio().size()).build();
          out.onNext(StreamRecognizeResponse.newBuilder().setSpeechStarted(size).build());
        }

        @Override
        public void onError(Throwable thrown) {
          out.onError(thrown);
        }

        @Override
        public void onCompleted() {
          out.onCompleted();
        }
      };
    }
  }

  /** Gives the same six bytes as model and as picture. */
  private static final class FakeRender extends RenderServiceGrpc.RenderServiceImplBase {
    @Override
    public void downloadAvatar(
        DownloadAvatarRequest request, StreamObserver<DownloadAvatarResponse> out) {
      int from = (int) request.getOffset();
      int end =
          request.getLength() == 0
              ? WAV.length
              : (int) Math.min(WAV.length, from + request.getLength());
      out.onNext(
          DownloadAvatarResponse.newBuilder()
              .setData(ByteString.copyFrom(WAV, from, end - from))
              .setTotalBytes(WAV.length)
              .setContentType(
                  request.getPart().name().endsWith("PICTURE") ? "image/png" : "model/gltf-binary")
              .setEtag("v7")
              .build());
      out.onCompleted();
    }
  }
}
