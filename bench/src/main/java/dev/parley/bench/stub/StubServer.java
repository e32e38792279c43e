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
import dev.parley.orchestrator.conversation.Listener;
import dev.parley.orchestrator.conversation.Nowhere;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Speaker;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.TurnTracer;
import dev.parley.orchestrator.conversation.Upkeep;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.speechsvc.onnx.SileroDetector;
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
 * every carrier, through the edge, with the event log in Redis; {@code own-nolog} is the same
 * without a log; {@code talkative} is {@code own} with a model that talks on and on; {@code silero}
 * is {@code raw} with Silero over all that is heard.
 */
public final class StubServer {
  private static final Character STUB = Character.named("stub", "Stub");

  /** Twelve phrases, a second each: nobody has heard them all before they are cut. */
  private static final int MANY_TOKENS = 120;

  /** A piece of 20 ms when it is time for it, as the peers send it. */
  private static final SessionSettings.Pacing AS_PEERS =
      new SessionSettings.Pacing(Duration.ofMillis(20), Duration.ofMillis(20));

  private StubServer() {}

  /**
   * Port and {@code raw}, {@code silero}, {@code own}, {@code own-nolog} or {@code talkative};
   * serves on the loopback until the process ends.
   */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    var timer = timer();
    var energy = new EnergyListener(timer);
    switch (arguments[1]) {
      case "raw" -> raw(port, timer, energy);
      case "silero" -> raw(port, timer, new SileroListener(SileroDetector.load(), energy));
      case "own" -> own(port, energy, timer, new TimedThinker(), logged());
      case "talkative" -> own(port, energy, timer, new TimedThinker(MANY_TOKENS), logged());
      case "own-nolog" -> own(port, energy, timer, new TimedThinker(), Optional.empty());
      default ->
          throw new IllegalArgumentException(
              arguments[1] + " (expected raw, silero, own, own-nolog, talkative)");
    }
  }

  private static ScheduledExecutorService timer() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> Thread.ofPlatform().daemon().name("stubs").unstarted(task));
  }

  private static void raw(int port, ScheduledExecutorService timer, Listener listener) {
    Sessions sessions =
        sessions(
            new TimedThinker(),
            new BurstSpeaker(timer),
            listener,
            Optional.empty(),
            SessionSettings.DEFAULTS.paced(AS_PEERS));
    var socket = new RawSocket(sessions, STUB.id());
    Server.builder()
        .port(new InetSocketAddress("127.0.0.1", port), SessionProtocol.HTTP)
        .workerGroup(Edge.EVENT_LOOPS)
        .service("/ws", WebSocketService.builder(socket).allowedOrigins("*").build())
        .build()
        .start()
        .join();
  }

  private static void own(
      int port,
      Listener listener,
      ScheduledExecutorService timer,
      Thinker thinker,
      Optional<Log> log) {
    Optional<Journal> journal = log.map(Log::journal);
    Sessions sessions =
        sessions(thinker, new BurstSpeaker(timer), listener, journal, SessionSettings.DEFAULTS);
    var edge = Edge.builder().address("127.0.0.1", port);
    Hosted.forEdge(new Conversations(new ConversationGrpc(sessions, List::of)))
        .forEach(edge::service);
    edge.start();
  }

  private static Optional<Log> logged() {
    Log log = Log.start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(log::end));
    return Optional.of(log);
  }

  /** The log of sessions in a Redis of its own, a child of this process. */
  private record Log(RedisServer server, CountedJournal journal) {
    static Log start() {
      RedisServer server = RedisServer.start(temporary());
      var redis = new RedisConnection(server.uri());
      var window = SessionSettings.DEFAULTS.window();
      var log =
          redis.eventLog(
              window.mediaBytes(), window.events(), Duration.ofNanos(window.eventNanos()));
      return new Log(server, new CountedJournal(new EventJournal(log)));
    }

    void end() {
      System.out.println(journal.told());
      server.close();
    }
  }

  private static java.nio.file.Path temporary() {
    try {
      return Files.createTempDirectory("parley-bench");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sessions sessions(
      Thinker thinker,
      Speaker speaker,
      Listener listener,
      Optional<Journal> journal,
      SessionSettings settings) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var parts =
        new Parts(
            thinker,
            Optional.of(listener),
            Optional.of(speaker),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Nowhere.Sessions(),
            new Nowhere.Turns(),
            Optional.empty(),
            journal,
            Optional.empty(),
            threads,
            new Upkeep(threads, 8),
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
