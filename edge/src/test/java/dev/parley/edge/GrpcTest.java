package dev.parley.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.GetSessionResponse;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** gRPC and gRPC-Web on the one port. */
class GrpcTest {
  private final RunningEdge edge = new RunningEdge();

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void grpcBothWaysAndItsFailures() {
    edge.withChannel(channel -> {
      var stub = ConversationServiceGrpc.newBlockingStub(channel);
      GetSessionResponse one = stub.getSession(Events.id("s1"));
      assertThat(one.getSession().getId()).isEqualTo("s1");
      StatusRuntimeException gone =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class, () -> stub.getSession(Events.id("gone")));
      assertThat(gone.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(StatusProto.fromThrowable(gone).getDetailsCount()).isEqualTo(2);
      LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
      StreamObserver<ClientEvent> in =
          ConversationServiceGrpc.newStub(channel).converse(Events.into(heard));
      in.onNext(Events.started());
      in.onNext(Events.said("hello"));
      assertThat(((ServerEvent) Events.take(heard)).getSeq()).isEqualTo(1);
      assertThat(((ServerEvent) Events.take(heard)).getTextDelta().getText()).isEqualTo("hello");
      in.onCompleted();
      assertThat(((ServerEvent) Events.take(heard)).hasSessionEnded()).isTrue();
      assertThat(Events.take(heard)).isEqualTo("done");
    });
  }

  @Test
  void grpcWebInBytesAndInText() throws Exception {
    byte[] message = SubscribeRequest.newBuilder().setSessionId("s1").build().toByteArray();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(frame);
    data.writeByte(0);
    data.writeInt(message.length);
    data.write(message);
    String path = "/parley.conversation.v1.ConversationService/Subscribe";
    byte[] answer =
        edge.http()
            .send(
                edge.to(path)
                    .header("content-type", "application/grpc-web+proto")
                    .header("x-grpc-web", "1")
                    .POST(BodyPublishers.ofByteArray(frame.toByteArray()))
                    .build(),
                BodyHandlers.ofByteArray())
            .body();
    assertThat(answer[0]).isZero();
    int length = java.nio.ByteBuffer.wrap(answer, 1, 4).getInt();
    ServerEvent first = ServerEvent.parseFrom(Arrays.copyOfRange(answer, 5, 5 + length));
    assertThat(first.getSeq()).isEqualTo(1);
    assertThat(new String(answer, UTF_8)).contains("grpc-status: 0");
    String text =
        edge.send(
                edge.to(path)
                    .header("content-type", "application/grpc-web-text+proto")
                    .POST(
                        BodyPublishers.ofString(
                            Base64.getEncoder().encodeToString(frame.toByteArray()))))
            .body();
    assertThat(Base64.getDecoder().decode(text.substring(0, 8))[0]).isZero();
  }

  @Test
  void anOpenMicrophoneOverGrpcHasNoEnd() {
    edge.withChannel(channel -> {
      LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();
      StreamObserver<ClientEvent> in =
          ConversationServiceGrpc.newStub(channel).converse(Events.into(heard));
      in.onNext(Events.started());
      Events.take(heard);
      long sent = 0;
      while (sent < Edge.MAX_REQUEST_BYTES * 5L / 4) {
        in.onNext(Events.sound());
        sent += Events.sound().getAudioChunk().getData().size();
        assertThat(((ServerEvent) Events.take(heard)).hasAudioDelta()).isTrue();
      }
    });
  }

  @Test
  void aMessageThatIsTooLongIsNamedSo() {
    edge.withChannel(channel -> {
      var stub = ConversationServiceGrpc.newBlockingStub(channel);
      StatusRuntimeException refused =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.getSession(Events.id("x".repeat(Edge.MAX_REQUEST_BYTES + 1))));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(StatusProto.fromThrowable(refused).toString()).contains("TOO_LARGE");
    });
  }

  @Test
  void anUnknownCallIsUnimplemented() {
    edge.withChannel(channel -> {
      var stub = dev.parley.speech.v1.SpeechServiceGrpc.newBlockingStub(channel);
      StatusRuntimeException refused =
          Assertions.catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.listVoices(dev.parley.speech.v1.ListVoicesRequest.getDefaultInstance()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
      assertThat(StatusProto.fromThrowable(refused).getDetailsCount()).isEqualTo(1);
    });
  }
}
