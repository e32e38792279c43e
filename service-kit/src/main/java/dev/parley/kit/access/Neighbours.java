package dev.parley.kit.access;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Services of this process or this machine. Over a network a service is known by its certificate
 * instead.
 */
final class Neighbours {
  private Neighbours() {}

  static boolean isOne(ServerCall<?, ?> call) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return switch (remote) {
      case InProcessSocketAddress _ -> true;
      case InetSocketAddress address ->
          address.getAddress() != null && address.getAddress().isLoopbackAddress();
      case null, default -> false;
    };
  }
}
