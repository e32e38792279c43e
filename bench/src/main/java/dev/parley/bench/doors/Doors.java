package dev.parley.bench.doors;

import dev.parley.bench.report.Processes;
import dev.parley.mesh.EnvoyProgram;
import dev.parley.mesh.envoy.Bootstrap;
import dev.parley.mesh.envoy.Replica;
import dev.parley.mesh.envoy.Upstream;
import dev.parley.mesh.envoy.Upstream.Balancing;
import dev.parley.mesh.envoy.Upstream.Protocol;
import dev.parley.mesh.tls.Authority;
import dev.parley.mesh.tls.Certificates;
import dev.parley.standalone.embedded.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One service behind four doors: grpc-java's own port, the embedded edge, the real Envoy as the
 * mesh sets it up but for the questions that it asks the orchestrator, and the whole of it. Every
 * server is a process of its own.
 */
public final class Doors implements AutoCloseable {
  /**
   * One of them.
   *
   * @param servers all processes that work for a call
   */
  public record Door(String name, Caller caller, List<ProcessHandle> servers) {
    /** User and system time of its servers until now, in seconds. */
    public double cpuSeconds() {
      return servers.stream().mapToDouble(Processes::treeCpuSeconds).sum();
    }
  }

  private static final List<String> GRPC =
      List.of("speech", "render", "memory", "document", "orchestrator", "conversation");
  private static final Bootstrap.Limits FAR =
      new Bootstrap.Limits(1_000_000, 1_000_000, 5_000, 512L << 20);

  private final Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final List<Door> doors = new ArrayList<>();

  private Doors(Path folder) {
    this.folder = folder;
  }

  /** Starts all. */
  public static Doors start() throws IOException, InterruptedException {
    Doors doors = new Doors(Files.createTempDirectory("parley-doors"));
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(doors::close));
    doors.open();
    return doors;
  }

  /** In the order in which they are compared; the first is the bare one. */
  public List<Door> all() {
    return doors;
  }

  private void open() throws IOException, InterruptedException {
    Path tls = folder.resolve("tls");
    Certificates certificates = new Certificates(Authority.in(tls, InstantSource.system()), tls);
    Path redis = Files.createDirectories(folder.resolve("redis"));
    String service = certificates.service("orchestrator").toString();
    String[] proxied = java("proxied", service, redis.toString());
    Process behind = processes.getLast();
    String token = proxied[2];
    direct("bare grpc-java", java("bare")[0], token);
    direct("Armeria edge", java("edge")[0], token);
    for (boolean whole : List.of(false, true)) {
      String name = whole ? "Envoy, whole chain" : "Envoy, JWT and local limit";
      int port = Ports.free();
      Path place = Files.createDirectories(folder.resolve(whole ? "chain" : "jwt"));
      Path file = bootstrap(certificates, proxied, port).write(place);
      if (!whole) {
        askNobody(file);
      }
      Process envoy = envoy(file, place);
      doors.add(
          new Door(name, new Caller(port, token), List.of(envoy.toHandle(), behind.toHandle())));
    }
  }

  private void direct(String name, String port, String token) {
    var caller = new Caller(Integer.parseInt(port), token);
    doors.add(new Door(name, caller, List.of(processes.getLast().toHandle())));
  }

  private static Bootstrap bootstrap(Certificates certificates, String[] proxied, int port) {
    Stream<Upstream> grpc = GRPC.stream().map(it -> upstream(it, Protocol.GRPC, proxied[0]));
    Stream<Upstream> pages =
        Stream.of("pages", "sessions", "tools").map(it -> upstream(it, Protocol.HTTP, proxied[1]));
    return new Bootstrap(
        "127.0.0.1",
        port,
        Ports.free(),
        Ports.free(),
        List.of(),
        certificates.door(List.of()),
        certificates.service("envoy"),
        FAR,
        Optional.empty(),
        Stream.concat(grpc, pages).toList());
  }

  private static Upstream upstream(String name, Protocol protocol, String port) {
    var replica = new Replica("one", "127.0.0.1", Integer.parseInt(port));
    return new Upstream(name, "orchestrator", Balancing.LEAST_REQUEST, protocol, List.of(replica));
  }

  /** Leaves tokens and the local limit; all other filters stay. */
  private static void askNobody(Path file) throws IOException {
    String yaml = Files.readString(file);
    for (String filter : List.of("ext_authz", "ratelimit")) {
      String name = "- name: envoy.filters.http." + filter + "\n";
      if (!yaml.contains(name)) {
        throw new IllegalStateException(filter + " is not asked");
      }
      yaml = yaml.replace(name, name + "            disabled: true\n");
    }
    Files.writeString(file, yaml);
  }

  private Process envoy(Path file, Path place) throws IOException {
    String program = EnvoyProgram.find(Optional.empty()).file().toString();
    var command =
        List.of(
            program,
            "-c",
            file.toString(),
            "--disable-hot-restart",
            "--concurrency",
            "2",
            "--log-level",
            "warning");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("envoy.out").toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** Starts a server on the classes of this process; the words that it says. */
  private String[] java(String... which) throws IOException {
    Path classes = folder.resolve("classpath.args");
    Files.writeString(
        classes, "-cp \"" + System.getProperty("java.class.path").replace("\\", "\\\\") + "\"\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.leakDetection.level=disabled",
                "-Xmx384m",
                "-Xmn40m",
                "-XX:+UseSerialGC",
                "-Dparley.log.file=" + folder.resolve(which[0] + ".log"),
                "@" + classes,
                DoorServer.class.getName()));
    command.addAll(List.of(which));
    Process process =
        new ProcessBuilder(command)
            .redirectError(folder.resolve(which[0] + ".err").toFile())
            .start();
    processes.add(process);
    var said = new BufferedReader(new InputStreamReader(process.getInputStream()));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.matches("\\d+( .*)?")) {
        return line.split(" ");
      }
    }
    throw new IllegalStateException(
        which[0] + " did not start: " + Files.readString(folder.resolve(which[0] + ".err")));
  }

  @Override
  public synchronized void close() {
    doors.forEach(it -> it.caller().close());
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    try {
      for (Process process : processes) {
        process.waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException gone) {
      // closed before
    }
  }
}
