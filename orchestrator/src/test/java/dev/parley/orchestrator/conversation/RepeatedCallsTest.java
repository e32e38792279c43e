package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ConversationServiceGrpc.ConversationServiceBlockingStub;
import dev.parley.conversation.v1.OpenSessionRequest;
import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.SubmitTurnRequest;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole turns that are asked for more than once, while the first is under way. */
@Timeout(30)
class RepeatedCallsTest {
  private final Stage stage = new Stage();
  private final CountDownLatch thinking = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Hosted hosted;
  private ManagedChannel channel;
  private String session;

  @BeforeEach
  void serve() {
    stage.realTime = true;
    stage.background = Executors.newVirtualThreadPerTaskExecutor();
    stage.thinks =
        (thought, sink) -> {
          thinking.countDown();
          try {
            goOn.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          sink.token("one two");
        };
    var sessions = new Sessions((owner, id) -> Optional.of(stage.character()), stage.parts());
    String name = "repeated-" + Ids.next();
    hosted = Hosted.inProcess(new One(new ConversationGrpc(sessions, List::of)), name);
    channel = Hosted.channel(name);
    var start = SessionStart.newBuilder().setCharacterId("ada").addTiers(Tier.TIER_TEXT);
    session =
        calls()
            .openSession(OpenSessionRequest.newBuilder().setStart(start).build())
            .getStarted()
            .getSessionId();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void aTurnThatIsAskedForAgainWhileItRunsIsThoughtOnceAndAnsweredToBoth() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> ask = () -> calls().respond(respond()).getTurn().getId();
      Future<String> first = threads.submit(ask);
      thinking.await();
      Future<String> again = threads.submit(ask);
      goOn.countDown();
      assertThat(again.get()).isEqualTo(first.get());
    }
    assertThat(stage.thoughts).hasSize(1);
  }

  @Test
  void aTurnThatIsSubmittedAgainWhileItRunsIsTheSame() throws Exception {
    String first = calls().submitTurn(submit()).getTurn().getId();
    thinking.await();
    assertThat(calls().submitTurn(submit()).getTurn().getId()).isEqualTo(first);
    goOn.countDown();
    assertThat(stage.turns.over.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    assertThat(stage.thoughts).hasSize(1);
  }

  @Test
  void twoAtOnceWithoutASessionAreOneTurn() throws Exception {
    goOn.countDown();
    var respond = respond().toBuilder().clearSessionId().build();
    assertThat(twice(() -> calls().respond(respond).getTurn().getId())).hasSize(1);
    var submit = submit().toBuilder().clearSessionId().build();
    assertThat(twice(() -> calls().submitTurn(submit).getTurn().getId())).hasSize(1);
  }

  private Set<String> twice(Callable<String> call) throws Exception {
    stage.turns.looking = new CountDownLatch(2);
    Set<String> ids = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> it : threads.invokeAll(List.of(call, call))) {
        ids.add(it.get());
      }
    }
    return ids;
  }

  private RespondRequest respond() {
    return RespondRequest.newBuilder()
        .setCharacterId("ada")
        .setSessionId(session)
        .setText("count")
        .addTiers(Tier.TIER_TEXT)
        .setRequestId("r1")
        .build();
  }

  private SubmitTurnRequest submit() {
    return SubmitTurnRequest.newBuilder()
        .setCharacterId("ada")
        .setSessionId(session)
        .setText("count")
        .addTiers(Tier.TIER_TEXT)
        .setRequestId("r2")
        .build();
  }

  private ConversationServiceBlockingStub calls() {
    return ConversationServiceGrpc.newBlockingStub(channel);
  }

  private record One(BindableService service) implements Service {
    @Override
    public String name() {
      return "conversation";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(service);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
