package dev.parley.orchestrator.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.orchestrator.identity.usage.RateLimits;
import dev.parley.orchestrator.identity.usage.RateLimits.Subject;
import dev.parley.orchestrator.identity.usage.RateLimits.Verdict;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLimitServerTest {
  @Test
  void oneLimitThatIsReachedRefusesTheCallAndSaysWhenToComeBack() {
    List<String> asked = new ArrayList<>();
    RateLimits limits =
        (subject, id, cost) -> {
          asked.add(subject + " " + id + " " + cost);
          return subject == Subject.PERSON
              ? new Verdict(false, 0, Duration.ofMillis(2_300))
              : new Verdict(true, 599, Duration.ZERO);
        };
    RateLimitResponse answer =
        ask(
            limits,
            descriptor("turn", "remote_address", "10.0.0.7"),
            descriptor("turn", "subject", "local/ann"));
    assertThat(asked).containsExactly("ADDRESS 10.0.0.7 TURN", "PERSON local/ann TURN");
    assertThat(answer.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(answer.getStatuses(0).getCode()).isEqualTo(Code.OK);
    assertThat(answer.getStatuses(1).getCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(answer.getResponseHeadersToAdd(0).getKey()).isEqualTo("retry-after");
    assertThat(answer.getResponseHeadersToAdd(0).getValue()).isEqualTo("3");
  }

  @Test
  void whereNoLimitHoldsNoneIsTold() {
    RateLimits never =
        (subject, id, cost) -> {
          throw new AssertionError("nothing is to be taken");
        };
    RateLimitResponse answer = ask(never, descriptor("free", "subject", "local/ann"));
    assertThat(answer.getOverallCode()).isEqualTo(Code.OK);
    assertThat(answer.getStatuses(0).hasCurrentLimit()).isFalse();
  }

  @Test
  void whatIsLeftIsToldOfEachLimit() {
    RateLimitResponse answer =
        ask(
            (subject, id, cost) -> new Verdict(true, 41, Duration.ZERO),
            descriptor("read", "credential", "key-1"));
    assertThat(answer.getStatuses(0).getLimitRemaining()).isEqualTo(41);
    assertThat(answer.getStatuses(0).getCurrentLimit().getRequestsPerUnit()).isPositive();
  }

  private static RateLimitDescriptor descriptor(String cost, String kind, String who) {
    return RateLimitDescriptor.newBuilder()
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey("cost").setValue(cost))
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey(kind).setValue(who))
        .build();
  }

  private static RateLimitResponse ask(RateLimits limits, RateLimitDescriptor... descriptors) {
    List<RateLimitResponse> answers = new ArrayList<>();
    new RateLimitServer(limits)
        .shouldRateLimit(
            RateLimitRequest.newBuilder()
                .setDomain("parley")
                .addAllDescriptors(List.of(descriptors))
                .build(),
            new StreamObserver<>() {
              @Override
              public void onNext(RateLimitResponse answer) {
                answers.add(answer);
              }

              @Override
              public void onError(Throwable thrown) {
                throw new AssertionError(thrown);
              }

              @Override
              public void onCompleted() {}
            });
    return answers.getFirst();
  }
}
