package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.TextDelta;
import dev.parley.conversation.v1.TurnCompleted;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.identity.usage.InMemoryUsage;
import dev.parley.orchestrator.identity.usage.Meter;
import dev.parley.orchestrator.identity.usage.Metered;
import dev.parley.orchestrator.identity.usage.Plan;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Live conversations of an organisation whose plan has turns left, or none. */
class TurnQuotaTest {
  private static final Plan TWO_TURNS = new Plan("small", 2, 0, 0, 0, 0);
  private static final ServerEvent TEXT =
      ServerEvent.newBuilder().setTextDelta(TextDelta.getDefaultInstance()).build();
  private static final ServerEvent DONE =
      ServerEvent.newBuilder().setTurnCompleted(TurnCompleted.getDefaultInstance()).build();

  private final InMemoryUsage usage = new InMemoryUsage();
  private final Meter meter =
      new Meter(
          usage, usage, _ -> TWO_TURNS, _ -> Map.of(), () -> Instant.parse("2026-11-30T23:59:00Z"));
  private final List<ServerEvent> sent = new ArrayList<>();
  private Optional<Status> closed = Optional.empty();
  private Metadata trailers = new Metadata();

  @Test
  void aConversationEndsAfterTheTurnThatUsedUpThePlanAndNeverWithinOne() {
    var call = live(true);
    meter.count("acme", Metered.TURNS, 1);
    call.sendMessage(TEXT);
    call.sendMessage(DONE);
    assertThat(closed).isEmpty();
    meter.count("acme", Metered.TURNS, 1);
    call.sendMessage(TEXT);
    assertThat(closed).isEmpty();
    call.sendMessage(DONE);
    assertThat(closed.orElseThrow().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    var failure = Failures.fromStatus(closed.get().asRuntimeException(trailers));
    assertThat(failure.reason()).isEqualTo("QUOTA_EXCEEDED");
    assertThat(failure.retryAfter()).contains(Duration.ofMinutes(1));
    assertThat(sent).hasSize(4);
  }

  @Test
  void nothingIsSentAndNothingClosedTwiceAfterThat() {
    var call = live(true);
    meter.count("acme", Metered.TURNS, 2);
    call.sendMessage(DONE);
    Status first = closed.orElseThrow();
    call.sendMessage(TEXT);
    call.close(Status.OK, new Metadata());
    assertThat(sent).containsExactly(DONE);
    assertThat(closed).contains(first);
  }

  @Test
  void ourOwnServicesAreNotHeldToIt() {
    var call = live(false);
    meter.count("acme", Metered.TURNS, 9);
    call.sendMessage(DONE);
    assertThat(closed).isEmpty();
  }

  private ServerCall<?, ServerEvent> live(boolean outside) {
    List<ServerCall<?, ServerEvent>> started = new ArrayList<>();
    var caller = new Caller(new Owner("acme", "ann"), "r1", outside);
    caller
        .attachTo(Context.ROOT)
        .run(() ->
            new TurnQuota(meter)
                .interceptCall(
                    recorded(ConversationServiceGrpc.getConverseMethod()),
                    new Metadata(),
                    (call, _) -> {
                      started.add(call);
                      return new ServerCall.Listener<>() {};
                    }));
    return started.getFirst();
  }

  private <Q> ServerCall<Q, ServerEvent> recorded(MethodDescriptor<Q, ServerEvent> method) {
    return new ServerCall<>() {
      @Override
      public void request(int messages) {}

      @Override
      public void sendHeaders(Metadata headers) {}

      @Override
      public void sendMessage(ServerEvent message) {
        sent.add(message);
      }

      @Override
      public void close(Status status, Metadata more) {
        closed = Optional.of(status);
        trailers = more;
      }

      @Override
      public boolean isCancelled() {
        return false;
      }

      @Override
      public MethodDescriptor<Q, ServerEvent> getMethodDescriptor() {
        return method;
      }
    };
  }
}
