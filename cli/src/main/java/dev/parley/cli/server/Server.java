package dev.parley.cli.server;

import dev.parley.kit.failure.Failure;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which server is talked to, and as whom: gRPC, over TLS where the address says https. A server
 * whose certificate only its own authority vouches for is believed by the file in {@code
 * PARLEY_CA}.
 */
public final class Server {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:(https?)://)?(\\[[0-9a-fA-F:]+\\]|[^:/\\s]+)(?::(\\d{1,5}))?/?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");
  private static final int DEFAULT_PORT = 8080;
  private static final int DEFAULT_TLS_PORT = 8443;
  private static final int MAX_MESSAGE_BYTES = 16 << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--server",
      defaultValue = "${env:PARLEY_SERVER:-localhost:8080}",
      description = "[https://]host:port, or PARLEY_SERVER (default localhost:8080)")
  private String address;

  @Option(
      names = "--config",
      description = "Where sign-ins are kept, or PARLEY_CONFIG (~/.config/parley)")
  private Optional<Path> config;

  /**
   * Works over a channel that is closed at the end.
   *
   * @throws NoServer when nothing answers there
   */
  public <T> T use(Function<ManagedChannel, T> work) {
    Address to = address();
    ManagedChannel channel = open(to);
    try {
      return work.apply(channel);
    } catch (StatusRuntimeException | Failure e) {
      throw NoServer.means(e) ? new NoServer(to.name(), e) : e;
    } finally {
      channel.shutdownNow();
    }
  }

  private ManagedChannel open(Address to) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(to.host(), to.port())
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .intercept(
                new Proof(
                    Optional.ofNullable(System.getenv("PARLEY_API_KEY")), signIns(), to.name()));
    if (!to.encrypted()) {
      return builder.usePlaintext().build();
    }
    Optional<String> authority = Optional.ofNullable(System.getenv("PARLEY_CA"));
    authority.ifPresent(file -> trust(builder, Path.of(file)));
    return builder.useTransportSecurity().build();
  }

  private static void trust(NettyChannelBuilder builder, Path authority) {
    try {
      builder.sslContext(GrpcSslContexts.forClient().trustManager(authority.toFile()).build());
    } catch (SSLException | IllegalArgumentException e) {
      throw Failure.invalid("PARLEY_CA", authority + " holds no certificates");
    }
  }

  /** Host and port, by which sign-ins are kept. */
  public String name() {
    return address().name();
  }

  /** The person's sign-ins. */
  public SignIns signIns() {
    return config.map(SignIns::new).orElseGet(SignIns::ofThePerson);
  }

  /** Whether others may read what goes there: another machine, without TLS. */
  public boolean isOverheard() {
    Address to = address();
    return !to.encrypted() && !LOOPBACK.matcher(to.host()).matches();
  }

  /** As a URI without path. */
  public String uri() {
    Address to = address();
    return (to.encrypted() ? "https://" : "http://") + to.name();
  }

  private record Address(boolean encrypted, String host, int port) {
    String name() {
      return host + ":" + port;
    }
  }

  private Address address() {
    Matcher matcher = ADDRESS.matcher(address);
    boolean fits = matcher.matches();
    boolean encrypted = fits && "https".equals(matcher.group(1));
    int port = encrypted ? DEFAULT_TLS_PORT : DEFAULT_PORT;
    if (fits && matcher.group(3) != null) {
      port = Integer.parseInt(matcher.group(3));
    }
    if (!fits || port < 1 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "--server: " + address + " (expected host:port)");
    }
    return new Address(encrypted, matcher.group(2), port);
  }
}
