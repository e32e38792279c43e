package dev.parley.cli;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which server is talked to: gRPC without TLS. */
final class Server {
  @Option(
      names = "--server",
      defaultValue = "localhost:8080",
      description = "host:port (default ${DEFAULT-VALUE})")
  private String address;

  <T> T use(Function<ManagedChannel, T> work) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
    try {
      return work.apply(channel);
    } finally {
      channel.shutdownNow();
    }
  }
}
