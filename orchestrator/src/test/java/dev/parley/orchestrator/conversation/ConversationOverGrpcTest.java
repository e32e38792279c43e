package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.EndSession;
import dev.parley.conversation.v1.Ping;
import dev.parley.conversation.v1.Resume;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionEndCause;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.stream.ClientStream;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Sessions as a gRPC client meets them, well-behaved or not. */
class ConversationOverGrpcTest {
  private final Stage stage = new Stage();
  private Optional<Hosted> hosted = Optional.empty();
  private ManagedChannel channel;
  private Sessions sessions;

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.ifPresent(Hosted::close);
  }

  @Test
  void halfCloseFinishesTheTurnAndTheStreamEndsWithAnEventOfItsOwn() {
    serve(Duration.ofSeconds(30));
    try (var stream = open(start())) {
      stream.send(text("count"));
      stream.halfClose();
      List<ServerEvent> all = until(stream, ServerEvent::hasSessionEnded);
      assertThat(all).anyMatch(ServerEvent::hasTurnCompleted);
      assertThat(all.getLast().getSessionEnded().getCause())
          .isEqualTo(SessionEndCause.SESSION_END_CAUSE_INPUT_ENDED);
      assertThat(stream.receive(Duration.ofSeconds(10))).isEmpty();
    }
  }

  @Test
  void theFirstEventMustBeginOrTakeUpASession() {
    serve(Duration.ofSeconds(30));
    try (var stream = open(text("count"))) {
      assertThat(failure(stream).reason()).isEqualTo("OUT_OF_ORDER");
    }
  }

  @Test
  void aTokenOfAnotherSessionOpensNothing() {
    serve(Duration.ofSeconds(30));
    try (var first = open(start())) {
      String id =
          until(first, ServerEvent::hasSessionStarted).getLast().getSessionStarted().getSessionId();
      try (var stream = open(resume(id, "wrong", 1))) {
        assertThat(failure(stream).reason()).isEqualTo("RESUME_TOKEN_INVALID");
      }
    }
  }

  @Test
  void aClientThatStopsReadingGetsATypedErrorAndGoesOnLaterWithNothingLost() throws Exception {
    stage.thinks = (thought, sink) -> sink.token("one two three four five. ".repeat(4));
    serve(Duration.ofMillis(300));
    var slow = new Slow();
    slow.call.sendMessage(start());
    slow.call.sendMessage(text("count"));
    Status status = slow.ended.get(20, TimeUnit.SECONDS);
    assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    var started = slow.got.getFirst().getSessionStarted();
    long last = slow.got.getLast().getSeq();
    var back = resume(started.getSessionId(), started.getResumeToken(), last);
    try (var stream = open(back)) {
      List<ServerEvent> rest = until(stream, ServerEvent::hasTurnCompleted);
      List<Long> numbers = rest.stream().map(ServerEvent::getSeq).filter(n -> n > 0).toList();
      assertThat(numbers.getFirst()).isEqualTo(last + 1);
      assertThat(numbers.getLast() - numbers.getFirst()).isEqualTo(numbers.size() - 1);
    }
  }

  @RepeatedTest(20)
  void aClientThatSendsWithoutEndIsToldWhenToComeBack() {
    serve(Duration.ofSeconds(30));
    try (var stream = open(start())) {
      var ping = ClientEvent.newBuilder().setPing(Ping.getDefaultInstance()).build();
      Thread.ofVirtual()
          .start(() -> {
            try {
              for (int i = 0; i < 100_000; i++) {
                stream.send(ping);
              }
            } catch (Failure over) {
              assertThat(over).isNotNull();
            }
          });
      Failure failure = failure(stream);
      assertThat(failure.reason()).isEqualTo("OVERLOADED");
      assertThat(failure.retryAfter()).isPresent();
    }
  }

  @Test
  void clientsThatVanishLeaveNoThreadBehind() throws Exception {
    serve(Duration.ofSeconds(30));
    for (int i = 0; i < 20; i++) {
      try (var stream = open(start())) {
        until(stream, ServerEvent::hasSessionStarted);
        assertThat(threads("events")).isPositive();
      }
    }
    end("events");
    end("bidi");
  }

  @Test
  void callsThatTheServerEndsLeaveNoThreadBehind() throws Exception {
    serve(Duration.ofSeconds(30));
    try (var stream = open(start())) {
      until(stream, ServerEvent::hasSessionStarted);
      assertThat(threads("bidi")).isPositive();
      stream.send(ClientEvent.newBuilder().setEndSession(EndSession.getDefaultInstance()).build());
      until(stream, ServerEvent::hasSessionEnded);
      assertThat(stream.receive(Duration.ofSeconds(10))).isEmpty();
      end("bidi"); // though the client has not said that it sends no more
    }
  }

  private static void end(String name) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (threads(name) > 0 && System.nanoTime() < until) {
      Thread.sleep(20);
    }
    assertThat(threads(name)).as(name).isZero();
  }

  private static long threads(String name) throws Exception {
    var dump = java.nio.file.Files.createTempDirectory("threads").resolve("dump.json");
    var bean =
        java.lang.management.ManagementFactory.getPlatformMXBean(
            com.sun.management.HotSpotDiagnosticMXBean.class);
    bean.dumpThreads(
        dump.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
    return java.nio.file.Files.readString(dump)
        .lines()
        .filter(l -> l.contains('"' + name + '"'))
        .count();
  }

  @Test
  void aServerThatGoesAwaySaysSoFinishesTheTurnAndTakesNoMore() {
    serve(Duration.ofSeconds(30));
    try (var stream = open(start())) {
      until(stream, ServerEvent::hasSessionStarted);
      stream.send(text("count"));
      until(stream, ServerEvent::hasAudioDelta);
      Thread.ofVirtual().start(() -> sessions.drain(Duration.ofSeconds(10)));
      List<ServerEvent> rest = until(stream, ServerEvent::hasTurnCompleted);
      assertThat(rest).anyMatch(ServerEvent::hasGoAway);
      assertThat(stream.receive(Duration.ofSeconds(10))).isEmpty();
    }
    try (var late = open(start())) {
      assertThat(failure(late).code()).isEqualTo(Failure.Code.UNAVAILABLE);
    }
  }

  private void serve(Duration readDeadline) {
    var d = SessionSettings.DEFAULTS;
    stage.realTime = true;
    stage.background = Executors.newVirtualThreadPerTaskExecutor();
    stage.settings = d.reading(readDeadline, d.window());
    sessions = new Sessions((owner, id) -> Optional.of(stage.character()), stage.parts());
    String name = "conversation-" + Ids.next();
    hosted = Optional.of(Hosted.inProcess(new One(new ConversationGrpc(sessions, List::of)), name));
    channel = Hosted.channel(name);
  }

  private ClientStream<ClientEvent, ServerEvent> open(ClientEvent first) {
    var method = ConversationServiceGrpc.getConverseMethod();
    var stream = ClientStream.open(channel, method, CallOptions.DEFAULT);
    stream.send(first);
    return stream;
  }

  private static List<ServerEvent> until(
      ClientStream<ClientEvent, ServerEvent> stream, Predicate<ServerEvent> last) {
    List<ServerEvent> events = new ArrayList<>();
    do {
      events.add(stream.receive(Duration.ofSeconds(20)).orElseThrow());
    } while (!last.test(events.getLast()));
    return events;
  }

  private static Failure failure(ClientStream<ClientEvent, ServerEvent> stream) {
    try {
      while (stream.receive(Duration.ofSeconds(20)).isPresent()) {
        Thread.onSpinWait();
      }
    } catch (Failure failure) {
      return failure;
    }
    throw new AssertionError("the stream ended well");
  }

  private static ClientEvent start() {
    var start = SessionStart.newBuilder().setCharacterId("ada").setClientId("me");
    return ClientEvent.newBuilder().setSessionStart(start).build();
  }

  private static ClientEvent resume(String session, String token, long after) {
    var resume = Resume.newBuilder().setSessionId(session).setResumeToken(token).setAfterSeq(after);
    var start = SessionStart.newBuilder().setResume(resume).setClientId("me");
    return ClientEvent.newBuilder().setSessionStart(start).build();
  }

  private static ClientEvent text(String text) {
    return ClientEvent.newBuilder()
        .setClientSeq(1)
        .setTextInput(TextInput.newBuilder().setText(text))
        .build();
  }

  /** A client that takes three events and no more. */
  private final class Slow extends ClientCall.Listener<ServerEvent> {
    final List<ServerEvent> got = new ArrayList<>();
    final CompletableFuture<Status> ended = new CompletableFuture<>();
    final ClientCall<ClientEvent, ServerEvent> call =
        channel.newCall(ConversationServiceGrpc.getConverseMethod(), CallOptions.DEFAULT);

    Slow() {
      call.start(this, new Metadata());
      call.request(3);
    }

    @Override
    public void onMessage(ServerEvent event) {
      got.add(event);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ended.complete(status);
    }
  }

  private record One(BindableService service) implements Service {
    @Override
    public String name() {
      return "conversation";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(service);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
