package dev.parley.bench.load;

import dev.parley.standalone.Standalone;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A Parley, in this process or in others, on a free port, with channels to it. */
public final class Target implements AutoCloseable {
  /** Streams that one connection of HTTP/2 may carry, with room for other calls. */
  private static final int STREAMS_A_CHANNEL = 150;

  private final int port;
  private final AutoCloseable parley;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int dialogues;
  private boolean closed;

  private Target(int port, AutoCloseable parley) {
    this.port = port;
    this.parley = parley;
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::close));
  }

  /**
   * The session core with stubbed engines, its edge and its log in Redis, in a process of its own.
   */
  public static Target stubbed() {
    return apart(
        () -> Launched.stub("talkative"), "/v1/sessions", "{\"start\":{\"characterId\":\"ada\"}}");
  }

  /** The product as its launcher starts it, with data of its own. */
  public static Target product() {
    return apart(
        () -> Launched.product(Files.createTempDirectory("parley-bench")),
        "/v1/characters/ada:respond",
        "{\"text\":\"Hello\"}");
  }

  private static Target apart(Callable<Launched> start, String path, String body) {
    try {
      Launched parley = start.call();
      parley.await(path, body);
      return new Target(parley.port(), parley);
    } catch (Exception e) {
      throw new IllegalStateException("parley did not start", e);
    }
  }

  /**
   * A whole one with real engines and stores, in a folder of its own that goes with it. {@code
   * bench.avatars} names the folder of the faces.
   */
  public static Target start() {
    try {
      Path folder = Files.createTempDirectory("parley-bench");
      var settings =
          List.of(
              "--standalone.data=" + folder,
              "--standalone.port=0",
              "--standalone.management-port=0",
              "--render.avatars-dir=" + System.getProperty("bench.avatars", "avatars/models"));
      Standalone whole = Standalone.start(settings, Map.of());
      return new Target(
          whole.port(),
          () -> {
            whole.close();
            remove(folder);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A channel of the loopback; what comes is handed over on the thread that read it. */
  public ManagedChannel channel() {
    if (channels.isEmpty() || dialogues++ % STREAMS_A_CHANNEL == STREAMS_A_CHANNEL - 1) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .directExecutor()
              .maxInboundMessageSize(16 << 20)
              .build());
    }
    return channels.getLast();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      parley.close();
    } catch (Exception e) {
      System.err.println("did not stop: " + e);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      System.err.println("left behind: " + folder);
    }
  }
}
