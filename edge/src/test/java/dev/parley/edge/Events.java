package dev.parley.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.EndSession;
import dev.parley.conversation.v1.GetSessionRequest;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Messages that tests send, and how they wait for answers. */
final class Events {
  private Events() {}

  static GetSessionRequest id(String id) {
    return GetSessionRequest.newBuilder().setSessionId(id).build();
  }

  static ClientEvent started() {
    return ClientEvent.newBuilder()
        .setSessionStart(SessionStart.newBuilder().setCharacterId("mira"))
        .build();
  }

  static ClientEvent said(String text) {
    return ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text)).build();
  }

  static ClientEvent ended() {
    return ClientEvent.newBuilder().setEndSession(EndSession.getDefaultInstance()).build();
  }

  /** The largest piece of sound. */
  static ClientEvent sound() {
    return ClientEvent.newBuilder()
        .setAudioChunk(
            dev.parley.conversation.v1.AudioChunk.newBuilder()
                .setData(com.google.protobuf.ByteString.copyFrom(new byte[65_536])))
        .build();
  }

  static Object take(LinkedBlockingQueue<Object> queue) {
    try {
      Object taken = queue.poll(5, TimeUnit.SECONDS);
      assertThat(taken).as("something within 5 s").isNotNull();
      return taken;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Puts all that comes into a queue, at last "done" or the failure. */
  static StreamObserver<ServerEvent> into(LinkedBlockingQueue<Object> queue) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerEvent event) {
        queue.add(event);
      }

      @Override
      public void onError(Throwable thrown) {
        queue.add(thrown);
      }

      @Override
      public void onCompleted() {
        queue.add("done");
      }
    };
  }
}
