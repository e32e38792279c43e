package dev.parley.standalone.embedded;

import dev.parley.kit.failure.Failure;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis as a child process on a loopback port, with an append-only file written before a command is
 * answered: what was acknowledged survives kill -9 of everything, a power cut all but its last
 * second. The machine's {@code redis-server} is preferred to the one in our library.
 */
public final class RedisServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final Path folder;
  private final int port;
  private final String program;
  private final Revival revival;
  private volatile Process process;

  private RedisServer(Path folder, int port, String program) {
    this.folder = folder;
    this.port = port;
    this.program = program;
    this.revival = Revival.of("redis", launched(), this::launched);
  }

  /**
   * Starts it on a folder that holds its data, and again whenever it ends by itself.
   *
   * @throws Failure STORE_FAILED with the last line of its log
   */
  public static RedisServer start(Path folder) {
    Orphans.end(folder, "redis");
    return new RedisServer(folder, Ports.free(), findProgram());
  }

  private synchronized ProcessHandle launched() {
    try {
      process =
          new ProcessBuilder(command(program, port, folder))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("redis.log").toFile())
              .start();
      awaitPort(process, port, folder);
      return process.toHandle();
    } catch (IOException e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE, "STORE_FAILED", "Redis did not start: " + e.getMessage())
          .causedBy(e);
    }
  }

  /** Address as a URI. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Where it listens, on loopback. */
  public int port() {
    return port;
  }

  /** Number of the process that serves now. */
  public long pid() {
    return process.pid();
  }

  /** How often it was started again. */
  public int restarts() {
    return revival.restarts();
  }

  /** Which program runs. */
  public String programName() {
    return program.isEmpty() ? "embedded" : program;
  }

  /** Looks after it no more, as a crash does. */
  void abandon() {
    revival.close();
  }

  @Override
  public void close() {
    revival.close();
    stop();
  }

  private synchronized void stop() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In a session of its own: Ctrl-C in the terminal is for Parley, which stops its stores last. */
  private static List<String> command(String program, int port, Path folder) {
    return Stream.concat(onPath("setsid").stream(), server(program, port, folder)).toList();
  }

  private static Stream<String> server(String program, int port, Path folder) {
    return Stream.of(
        program,
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        folder.toString(),
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--save",
        "",
        "--maxmemory",
        "256mb",
        "--maxmemory-policy",
        "noeviction",
        "--daemonize",
        "no");
  }

  private static String findProgram() {
    return onPath("redis-server").orElseGet(RedisServer::unpacked);
  }

  private static Optional<String> onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString);
  }

  private static String unpacked() {
    try {
      return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException("the Redis of our library cannot be unpacked", e);
    }
  }

  private static void awaitPort(Process process, int port, Path folder) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        pause();
      }
    }
    process.destroyForcibly();
    throw Failure.of(
        Failure.Code.UNAVAILABLE,
        "STORE_FAILED",
        "Redis did not start: "
            + Files.readString(folder.resolve("redis.log"))
                .lines()
                .reduce((a, b) -> b)
                .orElse("no log"));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
