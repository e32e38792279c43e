package dev.parley.kit.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.v1.LedgerServiceGrpc;
import dev.parley.identity.v1.RecordRequest;
import dev.parley.identity.v1.RecordResponse;
import dev.parley.identity.v1.SeenCall;
import dev.parley.kit.audit.AuditTrail;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Identity;
import dev.parley.kit.identity.Owner;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostboxTest {
  private final Orchestrator orchestrator = new Orchestrator();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).addService(orchestrator).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void whatNobodyTookIsSentAgainInItsOrder() throws Exception {
    orchestrator.away.set(2);
    try (Postbox box = new Postbox(channel)) {
      for (int i = 0; i < 1_200; i++) {
        box.add(happening("call-" + i));
      }
      while (orchestrator.calls().size() < 1_200) {
        Thread.sleep(10);
      }
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      ids.add("call-" + i);
    }
    assertThat(orchestrator.calls()).extracting(SeenCall::getRequestId).isEqualTo(ids);
    assertThat(orchestrator.away.get()).isNegative();
  }

  @Test
  void speechIsAddedUpByOrganisationAndTheLastOfItSentAtTheEnd() throws Exception {
    try (Postbox box = new Postbox(channel)) {
      for (int i = 0; i < 10; i++) {
        box.spoke(caller("acme"), Duration.ofMillis(150));
        box.spoke(caller("shop"), Duration.ofSeconds(1));
      }
    }
    assertThat(orchestrator.spoken("acme")).isEqualTo(1_500);
    assertThat(orchestrator.spoken("shop")).isEqualTo(10_000);
  }

  @Test
  void whatIsNotUnderstoodIsNotSentForEver() throws Exception {
    orchestrator.refusal = Status.INVALID_ARGUMENT;
    orchestrator.away.set(1);
    try (Postbox box = new Postbox(channel)) {
      box.add(happening("bad"));
    }
    try (Postbox box = new Postbox(channel)) {
      box.add(happening("good"));
    }
    assertThat(orchestrator.calls()).extracting(SeenCall::getRequestId).containsExactly("good");
  }

  @Test
  void whatACallerSentIsSentOnAsTheBooksTakeIt() throws Exception {
    try (Postbox box = new Postbox(channel)) {
      box.add(happening("r\0\uD800"));
    }
    assertThat(orchestrator.calls())
        .extracting(SeenCall::getRequestId)
        .containsExactly("r\uFFFD\uFFFD");
  }

  private static AuditTrail.Happening happening(String request) {
    return new AuditTrail.Happening(
        Instant.EPOCH, "acme", "bob", "a.B/Do", "thing", "t1", "done", request);
  }

  private static Caller caller(String organisation) {
    return new Caller(Identity.service(new Owner(organisation, "bob")), "r", true);
  }

  /** Away for so many calls. */
  private static final class Orchestrator extends LedgerServiceGrpc.LedgerServiceImplBase {
    private final AtomicInteger away = new AtomicInteger();
    private final List<RecordRequest> taken = new CopyOnWriteArrayList<>();
    private volatile Status refusal = Status.UNAVAILABLE;

    @Override
    public void record(RecordRequest request, StreamObserver<RecordResponse> responses) {
      if (away.decrementAndGet() >= 0) {
        responses.onError(refusal.asRuntimeException());
        return;
      }
      taken.add(request);
      responses.onNext(RecordResponse.getDefaultInstance());
      responses.onCompleted();
    }

    List<SeenCall> calls() {
      return taken.stream().flatMap(it -> it.getCallsList().stream()).toList();
    }

    long spoken(String organisation) {
      return taken.stream()
          .flatMap(it -> it.getSpeechList().stream())
          .filter(it -> it.getOrganisationId().equals(organisation))
          .mapToLong(it -> it.getDurationMs())
          .sum();
    }
  }
}
