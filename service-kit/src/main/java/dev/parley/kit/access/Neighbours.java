package dev.parley.kit.access;

import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.inprocess.InProcessSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Our services by their connections: those of this process and this machine, and whoever has a
 * certificate of ours, which no client has. What a proxy of ours passes on it marks as a client's.
 */
final class Neighbours {
  private Neighbours() {}

  static boolean isOne(ServerCall<?, ?> call) {
    if (call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION) instanceof SSLSession session) {
      return hasCertificate(session);
    }
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return switch (remote) {
      case InProcessSocketAddress _ -> true;
      case InetSocketAddress address ->
          address.getAddress() != null && address.getAddress().isLoopbackAddress();
      case null, default -> false;
    };
  }

  /** Only verified ones come this far. */
  private static boolean hasCertificate(SSLSession session) {
    try {
      return session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException none) {
      return false;
    }
  }
}
