package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.mesh.envoy.Bootstrap;
import dev.parley.mesh.envoy.Bootstrap.Limits;
import dev.parley.standalone.embedded.Orphans;
import dev.parley.standalone.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Envoy in front of all, kept alive like the others. */
final class Proxy implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FIRST_CALLS = 6;
  private final Child child;
  private final int adminPort;

  private Proxy(Child child, int adminPort) {
    this.child = child;
    this.adminPort = adminPort;
  }

  static Proxy start(
      EnvoyProgram program,
      MeshSettings settings,
      List<String> hosts,
      Optional<URI> collector,
      Layout layout,
      Renewal renewal,
      Path folder,
      Path logs,
      Consumer<String> told) {
    Orphans.end(folder, "envoy");
    int admin = Ports.free();
    Limits most = Limits.MACHINE;
    Bootstrap bootstrap =
        new Bootstrap(
            settings.address(),
            settings.port(),
            settings.tlsPort(),
            admin,
            hosts,
            renewal.door(),
            renewal.service(Renewal.PROXY),
            new Limits(most.calls(), settings.callsOfOne(), most.connections(), most.heapBytes()),
            collector,
            layout.upstreams());
    try {
      Path file = bootstrap.write(folder);
      Launch launch =
          new Launch(
              "envoy",
              command(program, file, settings.envoyThreads()),
              folder,
              logs.resolve("envoy.out"),
              Map.of("plain", settings.port(), "tls", settings.tlsPort(), "admin", admin));
      return new Proxy(Child.start(launch, told), admin);
    } catch (IOException e) {
      throw new UncheckedIOException("Envoy's files cannot be written", e);
    }
  }

  private static List<String> command(EnvoyProgram program, Path bootstrap, int threads) {
    List<String> command = new ArrayList<>();
    Jvm.ownSession().ifPresent(command::add);
    command.addAll(
        List.of(
            program.file().toString(),
            "-c",
            bootstrap.toString(),
            "--disable-hot-restart",
            "--concurrency",
            Integer.toString(threads),
            "--drain-time-s",
            "10",
            "--log-level",
            "warning"));
    return command;
  }

  Child child() {
    return child;
  }

  int adminPort() {
    return adminPort;
  }

  boolean isReady() {
    return Probe.answers(adminPort, "/ready");
  }

  Part part() {
    return new Part(
        "envoy",
        true,
        () ->
            new Part.State(
                isReady(), "pid %d, %d restarts".formatted(child.pid(), child.restarts())));
  }

  void awaitReady() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      child.mustLive();
      if (System.nanoTime() > end) {
        throw Failure.of(
            Failure.Code.UNAVAILABLE,
            "UNAVAILABLE",
            "Envoy is not ready; its log is " + child.launch().log());
      }
      Services.pause();
    }
    awaitAnswers(end);
  }

  /**
   * The first calls of young processes are slow; they are made here, so that nobody else waits: to
   * services, and to what is served by hand.
   */
  private void awaitAnswers(long end) {
    int plain = child.launch().ports().get("plain");
    for (String path : List.of("/v1/characters?pageSize=1", "/healthz")) {
      for (int answered = 0; answered < FIRST_CALLS && System.nanoTime() < end; ) {
        if (Probe.isServed(plain, path)) {
          answered++;
        } else {
          Services.pause();
        }
      }
    }
  }

  /** Tells balancers before it to look elsewhere, and clients at their next call. */
  void leave() {
    child.letGo();
    try {
      Probe.post(adminPort, "/healthcheck/fail");
      Probe.post(adminPort, "/drain_listeners?graceful&skip_exit");
    } catch (IOException gone) {
      LoggerFactory.getLogger(Proxy.class).info("Envoy is gone already", gone);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
