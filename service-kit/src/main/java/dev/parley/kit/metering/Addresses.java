package dev.parley.kit.metering;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.InetSocketAddress;

/**
 * Where calls come from. What a proxy says counts only when it is of this machine: then the last
 * address, which is the one that it added itself.
 */
final class Addresses {
  private static final Metadata.Key<String> FORWARDED =
      Metadata.Key.of("x-forwarded-for", Metadata.ASCII_STRING_MARSHALLER);

  private Addresses() {}

  /** The client's address; empty where it is not known. */
  static String of(ServerCall<?, ?> call, Metadata headers) {
    return switch (call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)) {
      case InProcessSocketAddress _ -> told(headers);
      case InetSocketAddress it when it.getAddress() == null -> "";
      case InetSocketAddress it when it.getAddress().isLoopbackAddress() -> told(headers);
      case InetSocketAddress it -> it.getAddress().getHostAddress();
      case null, default -> "";
    };
  }

  private static String told(Metadata headers) {
    String addresses = headers.get(FORWARDED);
    return addresses == null ? "" : addresses.substring(addresses.lastIndexOf(',') + 1).strip();
  }
}
