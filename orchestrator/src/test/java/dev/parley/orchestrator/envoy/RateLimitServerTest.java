package dev.parley.orchestrator.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.failure.Failure;
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
    Limits limits =
        (kind, cost, who, hits) -> {
          asked.add(kind + " " + cost + " " + who + " " + hits);
          return kind.equals("subject")
              ? new Limits.Left(false, 60, 0, Duration.ofMillis(2_300))
              : new Limits.Left(true, 600, 599, Duration.ofSeconds(10));
        };
    RateLimitResponse answer =
        ask(
            limits,
            descriptor("turn", "remote_address", "10.0.0.7"),
            descriptor("turn", "subject", "ann"));
    assertThat(asked).containsExactly("remote_address turn 10.0.0.7 1", "subject turn ann 1");
    assertThat(answer.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(answer.getStatuses(0).getCode()).isEqualTo(Code.OK);
    assertThat(answer.getStatuses(1).getCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(answer.getResponseHeadersToAdd(0).getKey()).isEqualTo("retry-after");
    assertThat(answer.getResponseHeadersToAdd(0).getValue()).isEqualTo("3");
  }

  @Test
  void aStoreThatIsDownRefusesNobody() {
    Limits down =
        (kind, cost, who, hits) -> {
          throw Failure.unavailable("redis", Duration.ofSeconds(1));
        };
    assertThat(ask(down, descriptor("turn", "subject", "ann")).getOverallCode()).isEqualTo(Code.OK);
  }

  @Test
  void whereNoLimitHoldsNoneIsTold() {
    RateLimitResponse answer = ask(Limits.NONE, descriptor("read", "subject", "ann"));
    assertThat(answer.getOverallCode()).isEqualTo(Code.OK);
    assertThat(answer.getStatuses(0).hasCurrentLimit()).isFalse();
  }

  private static RateLimitDescriptor descriptor(String cost, String kind, String who) {
    return RateLimitDescriptor.newBuilder()
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey("cost").setValue(cost))
        .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey(kind).setValue(who))
        .build();
  }

  private static RateLimitResponse ask(Limits limits, RateLimitDescriptor... descriptors) {
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
