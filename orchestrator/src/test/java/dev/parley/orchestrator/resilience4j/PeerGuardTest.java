package dev.parley.orchestrator.resilience4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RecallResponse;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.StreamRecognizeRequest;
import dev.parley.speech.v1.StreamRecognizeResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PeerGuardTest {
  private final Memory memory = new Memory();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws Exception {
    server =
        InProcessServerBuilder.forName("guarded")
            .addService(memory)
            .addService(new Speech())
            .build()
            .start();
    channel =
        InProcessChannelBuilder.forName("guarded").intercept(new PeerGuard("memory", 3)).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void aPeerThatFailsIsLeftAloneAndSaysWhenToComeBack() {
    memory.fault = Status.UNAVAILABLE;
    for (int i = 0; i < 20; i++) {
      failure();
    }
    assertThat(memory.calls).hasValueLessThan(20);
    Failure refused = failure();
    assertThat(refused.code()).isEqualTo(Failure.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.reason()).isEqualTo("UNAVAILABLE");
    assertThat(refused.retryAfter()).isPresent();
  }

  @Test
  void aPeerThatIsBackIsUsedAgainByItself() throws Exception {
    memory.fault = Status.UNAVAILABLE;
    for (int i = 0; i < 20; i++) {
      failure();
    }
    memory.fault = Status.OK;
    assertCallsGoThrough();
  }

  @Test
  void aMicrophoneThatIsSilentAfterAnOutageKeepsNobodyOut() throws Exception {
    memory.fault = Status.UNAVAILABLE;
    for (int i = 0; i < 20; i++) {
      failure();
    }
    memory.fault = Status.OK;
    Microphone microphone = opened();
    for (int i = 0; i < 200 && microphone.over; i++) {
      Thread.sleep(50);
      microphone = opened();
    }
    assertThat(microphone.over).isFalse();
    assertCallsGoThrough();
    assertThat(microphone.over).isFalse();
  }

  /** A stream in which nobody speaks; over at once when it is refused. */
  private Microphone opened() {
    var microphone = new Microphone();
    SpeechServiceGrpc.newStub(channel).streamRecognize(microphone);
    return microphone;
  }

  /** Within 10 s. */
  private void assertCallsGoThrough() throws InterruptedException {
    int before = memory.calls.get();
    for (int i = 0; i < 200 && memory.calls.get() < before + 5; i++) {
      Thread.sleep(50);
      try {
        recall();
      } catch (StatusRuntimeException notYet) {
        assertThat(notYet.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      }
    }
    assertThat(memory.calls).hasValueGreaterThanOrEqualTo(before + 5);
  }

  @Test
  void whatIsTheCallersFaultIsNoFaultOfThePeer() {
    memory.fault = Status.INVALID_ARGUMENT;
    for (int i = 0; i < 30; i++) {
      failure();
    }
    assertThat(memory.calls).hasValue(30);
  }

  @Test
  void moreCallsThanAllowedAreRefusedAtOnceAndTheOthersGoOn() throws Exception {
    memory.held = new CountDownLatch(1);
    List<Thread> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.add(Thread.ofVirtual().start(this::recall));
    }
    while (memory.calls.get() < 3) {
      Thread.sleep(5);
    }
    assertThat(failure().reason()).isEqualTo("OVERLOADED");
    memory.held.countDown();
    for (Thread it : three) {
      it.join();
    }
    memory.held = new CountDownLatch(0);
    assertThat(recall()).isEqualTo(RecallResponse.getDefaultInstance());
  }

  private RecallResponse recall() {
    return MemoryServiceGrpc.newBlockingStub(channel).recall(RecallRequest.getDefaultInstance());
  }

  private Failure failure() {
    return Failures.fromStatus(catchThrowableOfType(StatusRuntimeException.class, this::recall));
  }

  /** Listens and says nothing. */
  private static final class Speech extends SpeechServiceGrpc.SpeechServiceImplBase {
    @Override
    public StreamObserver<StreamRecognizeRequest> streamRecognize(
        StreamObserver<StreamRecognizeResponse> to) {
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamRecognizeRequest request) {}

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onCompleted() {}
      };
    }
  }

  private static final class Microphone implements StreamObserver<StreamRecognizeResponse> {
    private volatile boolean over;

    @Override
    public void onNext(StreamRecognizeResponse heard) {}

    @Override
    public void onError(Throwable thrown) {
      over = true;
    }

    @Override
    public void onCompleted() {
      over = true;
    }
  }

  private static final class Memory extends MemoryServiceGrpc.MemoryServiceImplBase {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Status fault = Status.OK;
    private volatile CountDownLatch held = new CountDownLatch(0);

    @Override
    public void recall(RecallRequest request, StreamObserver<RecallResponse> to) {
      calls.incrementAndGet();
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (fault.isOk()) {
        to.onNext(RecallResponse.getDefaultInstance());
        to.onCompleted();
      } else {
        to.onError(fault.asRuntimeException());
      }
    }
  }
}
