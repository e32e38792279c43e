package dev.parley.bench.stub;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.websocket.WebSocketService;
import dev.parley.edge.Edge;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Journal;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnTracer;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.standalone.embedded.RedisServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The session core with stubbed engines. Real: sessions, turns, hearing, phrases, lanes, pace, log,
 * WebSocket. Stubbed: recognition, model, voice, stores.
 *
 * <p>{@code raw} serves the peers' frames at {@code /ws}; {@code own} serves Parley's protocol on
 * every carrier, through the edge, with the event log in Redis.
 */
public final class StubServer {
  private static final Character STUB = Character.named("stub", "Stub");

  private StubServer() {}

  /** Port and {@code raw} or {@code own}; serves on the loopback until the process ends. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    if (arguments[1].equals("own")) {
      own(port);
    } else {
      raw(port);
    }
  }

  private static void raw(int port) {
    var atOnce = SessionSettings.DEFAULTS.ahead(Duration.ZERO);
    var socket = new RawSocket(sessions(Optional.empty(), atOnce), STUB.id());
    Server.builder()
        .port(new InetSocketAddress("127.0.0.1", port), SessionProtocol.HTTP)
        .service("/ws", WebSocketService.builder(socket).allowedOrigins("*").build())
        .build()
        .start()
        .join();
  }

  private static void own(int port) {
    var settings = SessionSettings.DEFAULTS;
    var redis = new RedisConnection(RedisServer.start(temporary()).uri());
    var window = settings.window();
    var log =
        redis.eventLog(
            window.mediaBytes(), window.events(), Duration.ofNanos(window.eventNanos()));
    Sessions sessions = sessions(Optional.of(new EventJournal(log)), settings);
    var edge = Edge.builder().address("127.0.0.1", port);
    Hosted.forEdge(new Conversations(new ConversationGrpc(sessions, List::of)))
        .forEach(edge::service);
    edge.start();
  }

  private static java.nio.file.Path temporary() {
    try {
      return Files.createTempDirectory("parley-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sessions sessions(Optional<Journal> journal, SessionSettings settings) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("stubs").unstarted(task));
    var parts =
        new Parts(
            new TimedThinker(),
            Optional.of(new EnergyListener(timer)),
            Optional.of(new BurstSpeaker(timer)),
            Optional.empty(),
            Optional.empty(),
            new ForgetfulStores.Sessions(),
            new ForgetfulStores.Turns(),
            Optional.empty(),
            journal,
            Executors.newVirtualThreadPerTaskExecutor(),
            System::nanoTime,
            Ids::next,
            settings,
            TurnTracer.NONE);
    return new Sessions((owner, id) -> Optional.of(STUB), parts);
  }

  private record Conversations(ConversationGrpc grpc) implements Service {
    @Override
    public String name() {
      return "orchestrator";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(grpc);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
