package dev.parley.cli.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Heartbeat;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SessionStarted;
import dev.parley.conversation.v1.TextDelta;
import dev.parley.conversation.v1.TextInput;
import dev.parley.kit.failure.Failure;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private final Dropping service = new Dropping();
  private final List<String> notices = Collections.synchronizedList(new ArrayList<>());
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    server = InProcessServerBuilder.forName("talk").addService(service).build().start();
    channel = InProcessChannelBuilder.forName("talk").build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private Conversation begin() {
    SessionStart start = SessionStart.newBuilder().setCharacterId("ada").setGreet(true).build();
    return new Conversation(channel, start, notices::add);
  }

  private static ClientEvent.Builder text(String text) {
    return ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text));
  }

  @Test
  void aLostConnectionGoesOnAfterTheLastEventAndSaysAgainWhatWasNotTaken() {
    try (Conversation with = begin()) {
      assertThat(with.receive().orElseThrow().getSeq()).isEqualTo(2);
      with.send(text("taken"));
      with.send(text("lost"));
      assertThat(with.receive().orElseThrow().getTextDelta().getText()).isEqualTo("taken");
      assertThat(with.receive().orElseThrow().getTextDelta().getText()).isEqualTo("lost");
    }
    assertThat(service.heard).containsExactly("taken", "lost");
    SessionStart again = service.starts.get(1);
    assertThat(again.getGreet()).isFalse();
    assertThat(again.getResume().getResumeToken()).isEqualTo("token");
    assertThat(again.getResume().getAfterSeq()).isEqualTo(3);
    assertThat(again.getClientId()).isEqualTo(service.starts.get(0).getClientId());
    assertThat(notices).hasSize(2).last().isEqualTo("! connected again");
  }

  @Test
  void aRefusalIsNoLostConnection() {
    service.refuse = true;
    assertThatThrownBy(this::begin)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no such character");
    assertThat(notices).isEmpty();
  }

  /**
   * Takes the first text, then drops the connection; the second one goes on, repeating a number.
   */
  private static final class Dropping extends ConversationServiceGrpc.ConversationServiceImplBase {
    private final List<SessionStart> starts = Collections.synchronizedList(new ArrayList<>());
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private boolean refuse;

    @Override
    public StreamObserver<ClientEvent> converse(StreamObserver<ServerEvent> out) {
      return new StreamObserver<>() {
        private boolean dropped;

        @Override
        public void onNext(ClientEvent event) {
          if (event.hasSessionStart()) {
            start(event.getSessionStart(), out);
          } else if (event.hasTextInput() && !dropped) {
            heard.add(event.getTextInput().getText());
            say(heard.size() + 2, event.getTextInput().getText(), out);
            var beat = Heartbeat.newBuilder().setTakenClientSeq(event.getClientSeq());
            out.onNext(ServerEvent.newBuilder().setHeartbeat(beat).build());
            if (starts.size() == 1) {
              dropped = true;
              out.onError(Status.UNAVAILABLE.withDescription("cut").asException());
            }
          }
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {
          out.onCompleted();
        }
      };
    }

    private void start(SessionStart start, StreamObserver<ServerEvent> out) {
      if (refuse) {
        out.onError(Status.NOT_FOUND.withDescription("no such character").asException());
        return;
      }
      starts.add(start);
      var started =
          SessionStarted.newBuilder()
              .setSessionId("s1")
              .setResumeToken("token")
              .setTakenClientSeq(heard.size());
      out.onNext(ServerEvent.newBuilder().setSessionStarted(started).setSeq(1).build());
      say(starts.size() == 1 ? 2 : 3, starts.size() == 1 ? "hello" : "taken", out);
    }

    private static void say(long seq, String text, StreamObserver<ServerEvent> out) {
      var delta = TextDelta.newBuilder().setText(text);
      out.onNext(ServerEvent.newBuilder().setSeq(seq).setTextDelta(delta).build());
    }
  }
}
