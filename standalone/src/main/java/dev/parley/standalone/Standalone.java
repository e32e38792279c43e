package dev.parley.standalone;

import dev.parley.edge.Edge;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Health;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.ManagementServer;
import dev.parley.kit.host.Service;
import dev.parley.kit.settings.Settings;
import dev.parley.memorysvc.MemoryService;
import dev.parley.memorysvc.MemorySettings;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.OrchestratorSettings;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.rendersvc.RenderService;
import dev.parley.rendersvc.RenderSettings;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speechsvc.SpeechService;
import dev.parley.speechsvc.SpeechSettings;
import io.grpc.ManagedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every service in one process, with embedded stores, behind one port. */
public final class Standalone implements AutoCloseable {
  /** All that can be set. */
  public static final List<Class<?>> SETTINGS =
      List.of(
          StandaloneSettings.class,
          OrchestratorSettings.class,
          SpeechSettings.class,
          RenderSettings.class,
          MemorySettings.class);

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Health health = new Health();
  private final StandaloneSettings settings;
  private Edge edge;

  private Standalone(StandaloneSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts everything.
   *
   * @param arguments as {@code --name=value}
   * @param environment as of {@link System#getenv()}
   * @throws Failure when a setting is wrong, a port is taken or the data folder cannot be used
   */
  public static Standalone start(List<String> arguments, Map<String, String> environment) {
    StandaloneSettings settings =
        Settings.load(arguments, environment, SETTINGS).of(StandaloneSettings.class);
    requireLoopback(settings.address());
    Standalone parley = new Standalone(settings);
    try {
      parley.startAll(arguments, environment);
      return parley;
    } catch (RuntimeException e) {
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

  private void startAll(List<String> arguments, Map<String, String> environment) {
    EmbeddedStores stores = keep(EmbeddedStores.start(Path.of(settings.data())));
    List<String> all = new ArrayList<>(stores.settings());
    all.addAll(arguments);
    Settings known = Settings.load(all, environment, SETTINGS);
    NativePool natives = keep(new NativePool("embedding", 2, 256));
    String id = Long.toHexString(System.identityHashCode(this));

    ManagedChannel speech = host(new SpeechService(known.of(SpeechSettings.class)), id);
    ManagedChannel render = host(new RenderService(known.of(RenderSettings.class)), id);
    ManagedChannel memory = host(MemoryService.start(known.of(MemorySettings.class), natives), id);
    OrchestratorService orchestrator =
        keep(
            OrchestratorService.start(
                known.of(OrchestratorSettings.class), speech, render, memory));
    health.add("orchestrator", orchestrator.parts());
    health.add("standalone", List.of(Part.fixed("redis", stores.redisProgram())));
    keep(ManagementServer.start(settings.managementPort(), health));
    edge = keep(openEdge(orchestrator, speech, render));
  }

  private ManagedChannel host(Service service, String id) {
    health.add(service.name(), service.parts());
    String name = service.name() + "-" + id;
    keep(Hosted.inProcess(service, name));
    ManagedChannel channel = Hosted.channel(name);
    running.push(channel::shutdownNow);
    return channel;
  }

  private Edge openEdge(OrchestratorService orchestrator, ManagedChannel speech, ManagedChannel render) {
    var builder =
        Edge.builder()
            .address(settings.address(), settings.port())
            .service(SpeechServiceGrpc.getServiceDescriptor(), speech)
            .service(RenderServiceGrpc.getServiceDescriptor(), render)
            .alive(Map::of)
            .ready(this::missing)
            .pages(Standalone.class.getClassLoader());
    Hosted.forEdge(orchestrator).forEach(builder::service);
    return builder.start();
  }

  private Map<String, String> missing() {
    Map<String, Part.State> states = health.states();
    return health.missing().stream()
        .collect(
            Collectors.toMap(
                name -> name,
                name -> states.containsKey(name) ? states.get(name).detail() : "going away"));
  }

  private <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  private static void requireLoopback(String address) {
    try {
      if (!InetAddress.getByName(address).isLoopbackAddress()) {
        throw Failure.invalid(
            "standalone.address",
            address + " (expected a loopback address: without accounts anybody could listen in)");
      }
    } catch (UnknownHostException e) {
      throw Failure.invalid("standalone.address", address + " (expected an address)");
    }
  }

  @Override
  public void close() {
    health.drain();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Standalone.class).warn("a part did not stop", e);
      }
    }
  }
}
