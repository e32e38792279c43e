package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.identity.Visitor;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** Where a call comes from, as far as it can be believed. */
class VisitingTest {
  @Test
  void aClientFromElsewhereIsWhereItsConnectionComesFromWhateverItSays() {
    assertThat(visitor("203.0.113.9", "198.51.100.1").address()).isEqualTo("203.0.113.9");
  }

  @Test
  void ofWhatAProxyOnThisMachinePassesOnTheLastAddressCounts() {
    assertThat(visitor("127.0.0.1", "198.51.100.1, 203.0.113.9").address())
        .isEqualTo("203.0.113.9");
    assertThat(visitor("127.0.0.1", "").address()).isEqualTo("127.0.0.1");
  }

  @Test
  void aLongNameOfAProgramIsCut() {
    assertThat(visitor("127.0.0.1", "").userAgent()).hasSize(200);
  }

  private static Visitor visitor(String peer, String forwarded) {
    Metadata headers = new Metadata();
    headers.put(key("user-agent"), "x".repeat(5_000));
    if (!forwarded.isEmpty()) {
      headers.put(key("x-forwarded-for"), forwarded);
    }
    Visitor[] seen = new Visitor[1];
    Visiting.interceptor()
        .interceptCall(
            new CallFrom(new InetSocketAddress(peer, 4711)),
            headers,
            (_, _) -> {
              seen[0] = Visiting.current();
              return new ServerCall.Listener<>() {};
            });
    return seen[0];
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** A call of which only the peer is asked for. */
  private static final class CallFrom extends ServerCall<Object, Object> {
    private final InetSocketAddress peer;

    CallFrom(InetSocketAddress peer) {
      this.peer = peer;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, peer).build();
    }

    @Override
    public void request(int numMessages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(Object message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Object, Object> getMethodDescriptor() {
      throw new UnsupportedOperationException("not asked for");
    }
  }
}
