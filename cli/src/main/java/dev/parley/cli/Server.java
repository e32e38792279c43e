package dev.parley.cli;

import dev.parley.kit.failure.Failure;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server is talked to: gRPC without TLS. */
final class Server {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?://)?(\\[[0-9a-fA-F:]+\\]|[^:/\\s]+)(?::(\\d{1,5}))?/?");
  private static final int DEFAULT_PORT = 8080;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      defaultValue = "${env:PARLEY_SERVER:-localhost:8080}",
      description = "host:port, or PARLEY_SERVER (default localhost:8080)")
  private String address;

  /**
   * Works over a channel that is closed at the end.
   *
   * @throws NoServer when nothing answers there
   */
  <T> T use(Function<ManagedChannel, T> work) {
    InetSocketAddress to = socketAddress();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(to.getHostString(), to.getPort())
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    try {
      return work.apply(channel);
    } catch (StatusRuntimeException | Failure e) {
      throw NoServer.means(e) ? new NoServer(to.getHostString() + ":" + to.getPort(), e) : e;
    } finally {
      channel.shutdownNow();
    }
  }

  /** As a URI without path. */
  String uri() {
    InetSocketAddress to = socketAddress();
    return "http://" + to.getHostString() + ":" + to.getPort();
  }

  private InetSocketAddress socketAddress() {
    Matcher matcher = ADDRESS.matcher(address);
    int port = DEFAULT_PORT;
    boolean fits = matcher.matches();
    if (fits && matcher.group(2) != null) {
      port = Integer.parseInt(matcher.group(2));
    }
    if (!fits || port < 1 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--server: " + address + " (expected host:port)");
    }
    return InetSocketAddress.createUnresolved(matcher.group(1), port);
  }
}
