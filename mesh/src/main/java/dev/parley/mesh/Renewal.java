package dev.parley.mesh;

import dev.parley.mesh.tls.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Certificates of all processes: made at the start and again every day. Thread-safe. */
final class Renewal implements AutoCloseable {
  /** What the proxy is called in its certificate. */
  static final String PROXY = "envoy";

  private static final Duration EVERY = Duration.ofDays(1);
  private static final List<String> NAMES =
      List.of("orchestrator", "speech", "render", "memory", "document", PROXY);

  private final Certificates certificates;
  private final List<String> hosts;
  private final Consumer<String> told;
  private final Map<String, Path> folders = new LinkedHashMap<>();
  private final ScheduledExecutorService days =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("renewal").unstarted(task));
  private Path door;

  private Renewal(Certificates certificates, List<String> hosts, Consumer<String> told) {
    this.certificates = certificates;
    this.hosts = hosts;
    this.told = told;
  }

  static Renewal start(Certificates certificates, List<String> hosts, Consumer<String> told) {
    Renewal renewal = new Renewal(certificates, hosts, told);
    renewal.renew();
    renewal.days.scheduleWithFixedDelay(
        renewal::renewOrTell, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    return renewal;
  }

  /** New ones for all. */
  synchronized void renew() {
    NAMES.forEach(it -> folders.put(it, certificates.service(it)));
    door = certificates.door(hosts);
  }

  private void renewOrTell() {
    try {
      renew();
    } catch (RuntimeException e) {
      told.accept("certificates were not renewed: " + e.getMessage());
    }
  }

  /** Where a service's lies. */
  synchronized Path service(String name) {
    return folders.get(name);
  }

  /** Where the one that the world sees lies. */
  synchronized Path door() {
    return door;
  }

  /** The authority's own certificate. */
  synchronized Path authority() {
    return door.resolve(dev.parley.kit.tls.MeshTls.AUTHORITY);
  }

  @Override
  public void close() {
    days.shutdownNow();
  }
}
