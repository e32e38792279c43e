package dev.parley.kit.host;

import dev.parley.kit.access.AccessSettings;
import dev.parley.kit.access.Gate;
import dev.parley.kit.access.Keys;
import dev.parley.kit.access.Tokens;
import dev.parley.kit.health.Health;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.telemetry.TelemetrySettings;
import dev.parley.kit.telemetry.TraceExport;
import dev.parley.kit.tls.MeshTls;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * A service as a process of its own: settings, certificates, its gRPC port, metrics and health, and
 * an orderly end. What is kept is closed in the order opposite to that in which it came.
 */
public final class ServiceProcess implements AutoCloseable {
  private final String name;
  private final Settings settings;
  private final HostSettings host;
  private final Optional<MeshTls> tls;
  private final Health health = new Health();
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private Optional<PortServer> hosted = Optional.empty();
  private Gate gate;
  private Books books = Books.NONE;

  private ServiceProcess(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
    this.host = settings.of(HostSettings.class);
    this.gate =
        settings.of(AccessSettings.class).required()
            ? Gate.identified(Tokens.NONE, Keys.NONE)
            : Gate.machine();
    this.tls = host.tls().map(folder -> keep(MeshTls.open(folder)));
    settings
        .of(TelemetrySettings.class)
        .otlpEndpoint()
        .ifPresent(collector -> keep(TraceExport.begin(collector, name)));
  }

  /**
   * Runs a service until the process is told to stop; ends with 1 and one line when it cannot
   * start.
   *
   * @param mappings what can be set besides how it is hosted
   */
  public static void run(
      String name,
      List<Class<?>> mappings,
      String[] arguments,
      Function<ServiceProcess, Service> start) {
    begin(
        name,
        mappings,
        arguments,
        process -> {
          Service service = start.apply(process);
          process.rely();
          process.host(service, List.of());
        });
  }

  /** It knows nobody itself: the orchestrator's keys tell who calls, and it keeps the books. */
  private void rely() {
    ManagedChannel orchestrator =
        peer("orchestrator", settings.of(PeerSettings.class).orchestrator());
    admit(Reception.tokens(orchestrator), Keys.NONE);
    tell(keep(new Postbox(orchestrator)).books());
  }

  /** The same for a process that hosts by itself. */
  public static void begin(
      String name, List<Class<?>> mappings, String[] arguments, Consumer<ServiceProcess> start) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    try {
      ServiceProcess process = new ServiceProcess(name, load(mappings, arguments));
      start.accept(process);
      process.await();
    } catch (RuntimeException e) {
      System.err.println(name + ": " + e.getMessage());
      LoggerFactory.getLogger(ServiceProcess.class).error("the start failed", e);
      System.exit(1);
    }
  }

  /** Fails where others could reach it and it would ask nobody who they are. */
  static Settings load(List<Class<?>> mappings, String[] arguments) {
    List<Class<?>> all = new ArrayList<>(mappings);
    all.addAll(
        List.of(
            AccessSettings.class, HostSettings.class, PeerSettings.class, TelemetrySettings.class));
    Settings settings = Settings.load(List.of(arguments), System.getenv(), all);
    settings
        .of(AccessSettings.class)
        .allow("host.address", settings.of(HostSettings.class).address());
    return settings;
  }

  /** All that is set. */
  public Settings settings() {
    return settings;
  }

  /** Certificates, where calls between processes are encrypted. */
  public Optional<MeshTls> tls() {
    return tls;
  }

  /** What the process needs and whether it is there. */
  public Health health() {
    return health;
  }

  /** A channel to the replicas of another service, closed with the process. */
  public ManagedChannel peer(String service, String target) {
    ManagedChannel channel = PeerChannels.open(service, target, tls);
    running.push(channel::shutdownNow);
    return channel;
  }

  /** A channel to one process of a service, by its {@code host:port}; the caller closes it. */
  public ManagedChannel one(String service, String address) {
    return PeerChannels.open(service, "fixed:///" + address, tls);
  }

  /** Closes that with the process. */
  public <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  /** These tell from now on who shows what; until then no credential is good. */
  public void admit(Tokens tokens, Keys keys) {
    gate = gate.reading(tokens, keys);
  }

  /** These are told from now on of calls from outside. */
  public void tell(Books told) {
    books = told;
  }

  /** How it finds out who calls. */
  public Gate gate() {
    return gate;
  }

  /** Who is told of calls from outside. */
  public Books books() {
    return books;
  }

  /**
   * Opens the port.
   *
   * @param bare services that answer to the proxy and need no caller
   */
  public void host(Service service, List<BindableService> bare) {
    health.add(service.name(), service.parts());
    var address = new InetSocketAddress(host.address(), host.port());
    hosted = Optional.of(keep(PortServer.open(service, address, gate, books, tls, bare)));
    keep(ManagementServer.start(host.managementPort(), health));
  }

  private void await() {
    EndSignal end = EndSignal.listen();
    if (host.tied()) {
      Thread.ofPlatform().daemon().name("launcher").start(() -> awaitLauncher(end));
    }
    LoggerFactory.getLogger(ServiceProcess.class).info("{} is ready", name);
    end.await(this);
  }

  private static void awaitLauncher(EndSignal end) {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException gone) {
      LoggerFactory.getLogger(ServiceProcess.class).info("the launcher is gone", gone);
    }
    end.give(0);
  }

  /** Says that it goes, waits until balancers looked elsewhere, lets calls end, closes all. */
  @Override
  public void close() {
    health.drain();
    hosted.ifPresent(PortServer::leave);
    pause();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        LoggerFactory.getLogger(ServiceProcess.class).warn("a part did not stop", e);
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(host.notice());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
