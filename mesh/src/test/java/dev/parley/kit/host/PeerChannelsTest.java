package dev.parley.kit.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.access.Gate;
import dev.parley.kit.health.Part;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.tls.MeshTls;
import dev.parley.mesh.tls.Authority;
import dev.parley.mesh.tls.Certificates;
import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.ListVoicesResponse;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that are processes of their own, as far as one process can show it. */
class PeerChannelsTest {
  @TempDir private Path folder;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Set<Boolean> outside = ConcurrentHashMap.newKeySet();
  private final List<AutoCloseable> open = new java.util.ArrayList<>();
  private Certificates certificates;

  @BeforeEach
  void authority() {
    certificates = new Certificates(Authority.in(folder, InstantSource.system()), folder);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : open.reversed()) {
      it.close();
    }
  }

  @Test
  void callsGoRoundTheReplicasAndPastOneThatDied() {
    PortServer one = host("one", "speech");
    PortServer two = host("two", "speech");
    var stub = stub("orchestrator", "speech", one.port(), two.port());
    for (int i = 0; i < 40; i++) {
      stub.listVoices(ListVoicesRequest.getDefaultInstance());
    }
    assertThat(answered).containsExactlyInAnyOrder("one", "two");
    one.close();
    answered.clear();
    for (int i = 0; i < 20; i++) {
      stub.listVoices(ListVoicesRequest.getDefaultInstance());
    }
    assertThat(answered).containsExactly("two");
  }

  @Test
  void aReplicaThatIsAwayIsLookedForAllTheTime() throws Exception {
    try (var away = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      ManagedChannel channel =
          PeerChannels.open(
              "speech", "fixed:///127.0.0.1:" + away.getLocalPort(), Optional.empty());
      open.add(channel::shutdownNow);
      channel.getState(true);
      away.setSoTimeout(15_000); // Pauses that double would be longer than that after eight tries.
      for (int tries = 0; tries < 12; tries++) {
        away.accept().close();
      }
    }
  }

  @Test
  void whoeverAnswersUnderAnotherNameIsNotBelieved() {
    PortServer impostor = host("one", "render");
    var stub = stub("orchestrator", "speech", impostor.port());
    assertThatThrownBy(() -> stub.listVoices(ListVoicesRequest.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("UNAVAILABLE");
    assertThat(answered).isEmpty();
  }

  @Test
  void whatTheProxyBringsIsFromOutsideWhateverItSays() {
    PortServer speech = host("one", "speech");
    stub("orchestrator", "speech", speech.port())
        .listVoices(ListVoicesRequest.getDefaultInstance());
    assertThat(outside).containsExactly(false);
    outside.clear();
    stub("envoy", "speech", speech.port()).listVoices(ListVoicesRequest.getDefaultInstance());
    assertThat(outside).containsExactly(true);
  }

  @Test
  void nobodyComesInWithoutACertificate() {
    PortServer speech = host("one", "speech");
    ManagedChannel bare =
        PeerChannels.open("speech", "fixed:///127.0.0.1:" + speech.port(), Optional.empty());
    open.add(bare::shutdownNow);
    var stub = SpeechServiceGrpc.newBlockingStub(bare).withDeadlineAfter(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> stub.listVoices(ListVoicesRequest.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class);
    assertThat(answered).isEmpty();
  }

  private PortServer host(String replica, String identity) {
    MeshTls tls = MeshTls.open(certificates.service(identity));
    open.add(tls);
    PortServer hosted =
        PortServer.open(
            new Named(replica),
            new InetSocketAddress("127.0.0.1", 0),
            Gate.machine(),
            Books.NONE,
            Optional.of(tls),
            List.of());
    open.add(hosted);
    return hosted;
  }

  private SpeechServiceGrpc.SpeechServiceBlockingStub stub(
      String as, String service, Integer... ports) {
    MeshTls tls = MeshTls.open(certificates.service(as));
    open.add(tls);
    String target =
        java.util.Arrays.stream(ports)
            .map(it -> "127.0.0.1:" + it)
            .collect(java.util.stream.Collectors.joining(",", "fixed:///", ""));
    ManagedChannel channel = PeerChannels.open(service, target, Optional.of(tls));
    open.add(channel::shutdownNow);
    return SpeechServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
  }

  /** Says who answered. */
  private final class Named extends SpeechServiceGrpc.SpeechServiceImplBase implements Service {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public void listVoices(ListVoicesRequest request, StreamObserver<ListVoicesResponse> out) {
      answered.add(name);
      outside.add(Caller.current().outside());
      out.onNext(ListVoicesResponse.getDefaultInstance());
      out.onCompleted();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(this);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
