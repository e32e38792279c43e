package dev.parley.memorysvc.qdrant;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A server in memory that speaks Qdrant's gRPC protocol, as far as we use it, on a port of this
 * machine. {@code FakeQdrantTest} holds it against the local mode of Qdrant's Python client.
 */
public final class FakeQdrant implements AutoCloseable {
  final Map<String, FakeCollection> collections = new TreeMap<>();
  final Map<String, String> aliases = new HashMap<>();
  private final Server server;

  private FakeQdrant(int port) throws IOException {
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .maxInboundMessageSize(64 << 20)
            .addService(new FakeCollections(this))
            .addService(new FakePoints(this))
            .addService(new FakeSnapshots(this))
            .addService(new Health())
            .build()
            .start();
  }

  /** Starts one on a free port. */
  public static FakeQdrant start() throws IOException {
    return new FakeQdrant(0);
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** By name or alias; what is not there fails as in the server. */
  synchronized FakeCollection collection(String name) {
    FakeCollection found = collections.get(aliases.getOrDefault(name, name));
    if (found == null) {
      throw Status.NOT_FOUND
          .withDescription("Not found: Collection `" + name + "` doesn't exist!")
          .asRuntimeException();
    }
    return found;
  }

  /** Answers one call at a time. */
  synchronized <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      observer.onNext(work.get());
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private final class Health extends QdrantGrpc.QdrantImplBase {
    @Override
    public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> out) {
      answer(out, () -> HealthCheckReply.newBuilder().setTitle("fake").setVersion("1.18").build());
    }
  }
}
