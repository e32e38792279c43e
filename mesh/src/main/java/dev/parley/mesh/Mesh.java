package dev.parley.mesh;

import dev.parley.documentsvc.DocumentSettings;
import dev.parley.kit.access.AccessSettings;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Health;
import dev.parley.kit.host.ManagementServer;
import dev.parley.kit.settings.Settings;
import dev.parley.kit.telemetry.TelemetrySettings;
import dev.parley.memorysvc.MemorySettings;
import dev.parley.mesh.envoy.Bootstrap;
import dev.parley.mesh.tls.Authority;
import dev.parley.mesh.tls.Certificates;
import dev.parley.orchestrator.IdentitySettings;
import dev.parley.orchestrator.OrchestratorSettings;
import dev.parley.rendersvc.RenderSettings;
import dev.parley.speechsvc.SpeechSettings;
import dev.parley.standalone.embedded.DataFolder;
import dev.parley.standalone.embedded.ObjectStore;
import dev.parley.standalone.embedded.Ports;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Parley in many processes: stores that all share, every service its own process and most of them
 * twice, Envoy in front, certificates between all. This process starts them, starts again what
 * died, renews certificates, and stops all in order; it serves nothing itself.
 */
public final class Mesh implements AutoCloseable {
  /** All that can be set. */
  public static final List<Class<?>> SETTINGS =
      List.of(
          MeshSettings.class,
          AccessSettings.class,
          DoorSettings.class,
          OrchestratorSettings.class,
          IdentitySettings.class,
          SpeechSettings.class,
          RenderSettings.class,
          MemorySettings.class,
          DocumentSettings.class,
          TelemetrySettings.class);

  private final MeshSettings settings;
  private final Consumer<String> told;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final List<Child> services = new ArrayList<>();
  private final Health health = new Health();
  private Renewal renewal;
  private Proxy proxy;
  private Stores stores;
  private Child objects;

  private Mesh(MeshSettings settings, Consumer<String> told) {
    this.settings = settings;
    this.told = told;
  }

  /**
   * Starts everything and waits until it is ready.
   *
   * @param arguments as {@code --name=value}
   * @param environment as of {@link System#getenv()}
   * @param told what happens to processes, a line each time
   * @throws Failure when a setting is wrong, a program is missing or a process does not start
   */
  public static Mesh start(
      List<String> arguments, Map<String, String> environment, Consumer<String> told) {
    Settings all = Settings.load(arguments, environment, SETTINGS);
    Mesh mesh = new Mesh(all.of(MeshSettings.class), told);
    all.of(AccessSettings.class).allow("mesh.address", mesh.settings.address());
    try {
      mesh.startAll(arguments, all);
      return mesh;
    } catch (RuntimeException | Error e) {
      mesh.close();
      throw e;
    }
  }

  private void startAll(List<String> arguments, Settings all) {
    EnvoyProgram envoy = EnvoyProgram.find(settings.envoy());
    DataFolder folder = keep(DataFolder.open(settings.data()));
    Path tls = folder.folder("mesh/tls");
    Certificates certificates = new Certificates(Authority.in(tls, InstantSource.system()), tls);
    renewal = keep(Renewal.start(certificates, settings.hosts().orElse(List.of()), told));
    Jvm jvm = new Jvm(folder.folder("mesh/run"), folder.folder("mesh/logs"));
    told.accept("starting the stores ...");
    stores = keep(Stores.start(folder));
    int s3 = Ports.free();
    String secret = ObjectStore.newSecret();
    objects = keep(Child.start(jvm.objects(folder.folder("objects"), s3, secret), told));
    Layout layout =
        Layout.of(settings.replicas(), all.of(MemorySettings.class).qdrantUrl().isPresent());
    List<String> known = new ArrayList<>(stores.addresses(s3, secret).settings(folder));
    if (all.of(IdentitySettings.class).publicUrl().isEmpty()) {
      known.add("--identity.public-url=" + uri().replaceFirst("/$", ""));
    }
    known.addAll(arguments);
    List<String> hosts = settings.hosts().orElse(List.of());
    Services starting = new Services(jvm, renewal, known, hosts, layout, folder);
    proxy =
        keep(
            Proxy.start(
                envoy,
                settings,
                Bootstrap.called(hosts, all.of(AccessSettings.class).required()),
                all.of(TelemetrySettings.class).otlpEndpoint(),
                layout,
                renewal,
                folder.folder("mesh/envoy"),
                jvm.logs(),
                told));
    starting.startAll(services, told);
    keep(this::stopServices);
    keep(proxy::leave);
    proxy.awaitReady();
    health.add("process", stores.parts());
    services.forEach(it -> health.add("process", List.of(Probe.part(it))));
    health.add("process", List.of(proxy.part()));
    keep(ManagementServer.start(settings.managementPort(), health));
  }

  /** All processes, in the order in which they were started. */
  public List<Row> table() {
    List<Row> rows = new ArrayList<>();
    rows.addAll(stores.rows());
    rows.add(Row.of(objects, Probe.isServed(objects.launch().ports().get("s3"), "/")));
    services.forEach(it -> rows.add(Row.of(it, Probe.isReady(it))));
    rows.add(Row.of(proxy.child(), proxy.isReady()));
    return rows;
  }

  /** Where the page is, in plain text. */
  public String uri() {
    return "http://" + settings.address() + ":" + settings.port() + "/";
  }

  /** Where it is, encrypted. */
  public String tlsUri() {
    return "https://" + settings.address() + ":" + settings.tlsPort() + "/";
  }

  /** Port of Envoy's own counters and switches. */
  public int adminPort() {
    return proxy.adminPort();
  }

  /** The certificate of the authority, for clients that are to believe the doors. */
  public Path authority() {
    return renewal.authority();
  }

  /** Gives every process a new certificate; open connections go on. */
  public void renew() {
    renewal.renew();
  }

  /** First the public service, which says goodbye to those who talk, then those it asks. */
  private void stopServices() {
    services.forEach(Child::letGo);
    for (Program program :
        List.of(
            Program.ORCHESTRATOR,
            Program.DOCUMENT,
            Program.SPEECH,
            Program.RENDER,
            Program.MEMORY)) {
      services.parallelStream()
          .filter(it -> it.launch().name().startsWith(program.service() + "-"))
          .forEach(Child::close);
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    running.push(part);
    return part;
  }

  @Override
  public void close() {
    health.drain();
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Mesh.class).warn("a part did not stop", e);
      }
    }
  }
}
