package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
import dev.parley.mesh.EnvoyProgram;
import dev.parley.mesh.Mesh;
import dev.parley.mesh.Row;
import dev.parley.standalone.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A whole Parley in processes of its own behind the real Envoy, on free ports. */
final class RunningMesh implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final int tlsPort;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Mesh mesh;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningMesh(Path folder, String... settings) {
    this.folder = folder;
    this.port = Ports.free();
    this.tlsPort = Ports.free();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--mesh.data=" + folder,
                "--mesh.port=" + port,
                "--mesh.tls-port=" + tlsPort,
                "--mesh.management-port=0",
                "--render.avatars-dir="
                    + Path.of("..", "avatars", "models").toAbsolutePath().normalize()));
    all.addAll(List.of(settings));
    if (all.stream().noneMatch(it -> it.startsWith("--orchestrator.warm-up="))) {
      all.add("--orchestrator.warm-up=false");
    }
    this.mesh = Mesh.start(all, Map.of(), told::add);
  }

  static RunningMesh on(Path folder, String... settings) {
    return new RunningMesh(folder, settings);
  }

  /** Whether this machine has an Envoy. */
  static boolean isPossible() {
    try {
      return EnvoyProgram.find(Optional.empty()).file() != null;
    } catch (Failure none) {
      return false;
    }
  }

  int port() {
    return port;
  }

  int tlsPort() {
    return tlsPort;
  }

  Mesh mesh() {
    return mesh;
  }

  List<String> told() {
    return told;
  }

  String accessLog() throws IOException {
    return Files.readString(folder.resolve("mesh/envoy/access.log"));
  }

  Row row(String process) {
    return mesh.table().stream().filter(it -> it.name().equals(process)).findFirst().orElseThrow();
  }

  /** All replicas of a service. */
  List<Row> rows(String service) {
    return mesh.table().stream().filter(it -> it.name().startsWith(service)).toList();
  }

  /** Of the orchestrators, the one that speaks; of others, each in its turn. */
  Row speaker(String service, int turn) throws IOException {
    List<Row> rows = rows(service);
    if (!service.equals("orchestrator")) {
      return rows.get(turn % rows.size());
    }
    int busy = EnvoyView.busiest(mesh.adminPort(), "conversation");
    return rows.stream().filter(it -> it.ports().get("grpc") == busy).findFirst().orElseThrow();
  }

  /** Waits until a process that ended is there again. */
  void awaitBack(Row before) throws InterruptedException {
    await(
        before.name(),
        () -> {
          Row now = row(before.name());
          return now.ready() && now.restarts() > before.restarts();
        });
  }

  /** What may fail while it is not so yet. */
  interface Sought {
    boolean isSo() throws Exception;
  }

  void await(String what, Sought sought) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!is(sought)) {
      assertThat(System.nanoTime()).as("%s; %s", what, told).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static boolean is(Sought sought) throws InterruptedException {
    try {
      return sought.isSo();
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception notYet) {
      return false;
    }
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .version(HttpClient.Version.HTTP_1_1);
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<byte[]> bytes(String path) throws IOException, InterruptedException {
    return http.send(to(path).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)).headers(headers));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Believes the authority of this mesh, and nobody else. */
  SSLContext believing() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null);
    try (var in = Files.newInputStream(mesh.authority())) {
      store.setCertificateEntry(
          "parley", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() {
    http.shutdownNow();
    mesh.close();
  }
}
