package dev.parley.standalone;

import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.documentsvc.DocumentService;
import dev.parley.documentsvc.DocumentSettings;
import dev.parley.edge.Edge;
import dev.parley.kit.access.AccessSettings;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Health;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.ManagementServer;
import dev.parley.kit.host.Service;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.telemetry.TelemetrySettings;
import dev.parley.kit.telemetry.TraceExport;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.memorysvc.MemoryService;
import dev.parley.memorysvc.MemorySettings;
import dev.parley.orchestrator.IdentitySettings;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.OrchestratorSettings;
import dev.parley.orchestrator.Peers;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.rendersvc.RenderService;
import dev.parley.rendersvc.RenderSettings;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speechsvc.SpeechService;
import dev.parley.speechsvc.SpeechSettings;
import dev.parley.standalone.embedded.Ports;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Every service in one process, with embedded stores, behind one port. */
public final class Standalone implements AutoCloseable {
  /** All that can be set. */
  public static final List<Class<?>> SETTINGS =
      List.of(
          StandaloneSettings.class,
          AccessSettings.class,
          OrchestratorSettings.class,
          IdentitySettings.class,
          SpeechSettings.class,
          RenderSettings.class,
          MemorySettings.class,
          DocumentSettings.class,
          TelemetrySettings.class);

  /** The orchestrator as those outside reach it. */
  private static final String DOOR = "orchestrator-door";

  /** What lets people in; closed before what stands behind it. */
  private final Deque<AutoCloseable> doors = new ArrayDeque<>();

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Health health = new Health();
  private final String id = "-" + Integer.toHexString(System.identityHashCode(this));
  private final StandaloneSettings settings;
  private final Channels channels = keep(new Channels(id));
  private final int wanted;
  private final Entrance entrance;
  private Edge edge;
  private ManagementServer management;
  private Optional<Thread> warmUp = Optional.empty();
  private volatile boolean whole;

  private Standalone(StandaloneSettings settings, Entrance entrance) {
    this.settings = settings;
    // Links that are sent must name the port before it is open.
    this.wanted = settings.port() == 0 ? Ports.free() : settings.port();
    this.entrance = entrance;
  }

  /**
   * Starts everything.
   *
   * @param arguments as {@code --name=value}
   * @param environment as of {@link System#getenv()}
   * @throws Failure when a setting is wrong, a port is taken or the data folder cannot be used
   */
  public static Standalone start(List<String> arguments, Map<String, String> environment) {
    Settings own = Settings.load(arguments, environment, SETTINGS);
    StandaloneSettings settings = own.of(StandaloneSettings.class);
    AccessSettings access = own.of(AccessSettings.class);
    access.allow("standalone.address", settings.address());
    Standalone parley = new Standalone(settings, new Entrance(access.required()));
    try {
      parley.startAll(arguments, environment);
      return parley;
    } catch (RuntimeException | Error e) {
      parley.close();
      throw e;
    }
  }

  /** Where the page is. */
  public String uri() {
    return "http://" + settings.address() + ":" + edge.port() + "/";
  }

  /** Port of the page and all calls. */
  public int port() {
    return edge.port();
  }

  /** Port of metrics and health for operators. */
  public int managementPort() {
    return management.port();
  }

  /** Waits until every engine has worked once; at once where that is not wanted. */
  void awaitWarm() throws InterruptedException {
    if (warmUp.isPresent()) {
      warmUp.get().join();
    }
  }

  private void startAll(List<String> arguments, Map<String, String> environment) {
    Settings own = Settings.load(arguments, environment, SETTINGS);
    own.of(TelemetrySettings.class)
        .otlpEndpoint()
        .ifPresent(collector -> keep(TraceExport.begin(collector, "parley")));
    // Stores are other processes: beside them there is time for what loads no model.
    var stores = begin("stores", () -> EmbeddedStores.start(Path.of(settings.data())));
    // The longest of all: most of it is the making of classes, which no cache keeps.
    var door = begin("edge", this::edge);
    var rendering = begin("render", () -> new RenderService(own.of(RenderSettings.class)));
    EmbeddedStores embedded = keep(stores.take());

    List<String> all = new ArrayList<>(embedded.settings());
    if (own.of(IdentitySettings.class).publicUrl().isEmpty()) {
      all.add("--identity.public-url=http://" + settings.address() + ":" + wanted);
    }
    all.addAll(arguments);
    Settings known = Settings.load(all, environment, SETTINGS);
    OrchestratorService orchestrator = open(known, embedded, door);
    startEngines(known, rendering);
    if (known.of(OrchestratorSettings.class).warmUp()) {
      warmUp = Optional.of(orchestrator.warmUp());
    }
  }

  /** Lets people in: who comes before the engines are there waits for them. */
  private OrchestratorService open(Settings known, EmbeddedStores embedded, Starting<Edge> door) {
    OrchestratorService orchestrator =
        OrchestratorService.start(
            known.of(OrchestratorSettings.class),
            known.of(IdentitySettings.class),
            new Peers(
                channels.to("speech"),
                channels.to("render"),
                channels.to("memory"),
                Optional.of(channels.to("document"))));
    doors.push(Hosted.inProcess(orchestrator, orchestrator.name() + id));
    entrance.open(orchestrator);
    doors.push(Hosted.forDoor(orchestrator, DOOR + id, entrance.gate(), entrance.books()));
    health.add("orchestrator", orchestrator.parts());
    health.add("standalone", List.of(Part.fixed("redis", embedded.redisProgram()), engines()));
    management = ManagementServer.start(settings.managementPort(), health);
    doors.push(management);
    edge = door.take();
    doors.push(edge);
    edge.open();
    doors.push(() -> orchestrator.drain(Duration.ofSeconds(4)));
    return orchestrator;
  }

  /** Models are loaded side by side, which takes half the time. */
  private void startEngines(Settings known, Starting<RenderService> rendering) {
    NativePool natives = keep(new NativePool("embedding", 2, 256));
    var speaking = begin("speech", () -> new SpeechService(known.of(SpeechSettings.class)));
    var remembering =
        begin("memory", () -> MemoryService.start(known.of(MemorySettings.class), natives));
    var reading =
        begin(
            "document",
            () ->
                DocumentService.start(
                    known.of(DocumentSettings.class),
                    channels.to("memory"),
                    channels.to("orchestrator")));
    serve(rendering.take());
    serve(speaking.take());
    serve(remembering.take());
    serve(reading.take());
    whole = true;
  }

  private Part engines() {
    return new Part(
        "engines", true, () -> new Part.State(whole, whole ? "all are there" : "still starting"));
  }

  private <T extends AutoCloseable> Starting<T> begin(String name, Supplier<T> start) {
    return keep(Starting.begin(name, start));
  }

  private void serve(Service service) {
    health.add(service.name(), service.parts());
    keep(Hosted.inProcess(service, service.name() + id, entrance.gate(), entrance.books()));
    channels.served(service.name());
  }

  /** The public door, not yet open; what it lets in goes to services by their channels. */
  private Edge edge() {
    var builder =
        Edge.builder()
            .address(settings.address(), wanted)
            .service(SpeechServiceGrpc.getServiceDescriptor(), channels.to("speech"))
            .service(RenderServiceGrpc.getServiceDescriptor(), channels.to("render"))
            .service(RecollectionServiceGrpc.getServiceDescriptor(), channels.to("memory"))
            .service(VectorServiceGrpc.getServiceDescriptor(), channels.to("memory"))
            .service(DocumentServiceGrpc.getServiceDescriptor(), channels.to("document"))
            .alive(Map::of)
            .ready(health::failing)
            .pages(Standalone.class.getClassLoader());
    Channel inside = channels.to(DOOR);
    OrchestratorService.contracts().forEach(it -> builder.service(it, inside));
    return entrance.guard(builder, settings).build();
  }

  private <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  @Override
  public void close() {
    health.drain();
    closeAll(doors);
    closeAll(running);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Standalone.class).warn("a part did not stop", e);
      }
    }
  }
}
