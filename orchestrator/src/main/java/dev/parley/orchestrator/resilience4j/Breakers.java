package dev.parley.orchestrator.resilience4j;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** Circuit breakers as all peers have them. */
final class Breakers {
  private static final int WINDOW_SECONDS = 10;
  private static final int FEWEST_CALLS = 8;
  private static final float MOST_FAULTS_PERCENT = 60;
  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private Breakers() {}

  /**
   * Opens when most of at least {@value #FEWEST_CALLS} calls in {@value #WINDOW_SECONDS} s failed;
   * rests, longer each time and never as long as others do, then lets two calls try.
   */
  static CircuitBreaker of(String name) {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.TIME_BASED)
            .slidingWindowSize(WINDOW_SECONDS)
            .minimumNumberOfCalls(FEWEST_CALLS)
            .failureRateThreshold(MOST_FAULTS_PERCENT)
            .permittedNumberOfCallsInHalfOpenState(2)
            .waitIntervalFunctionInOpenState(
                IntervalFunction.ofExponentialRandomBackoff(FIRST_REST, 2, 0.5, LONGEST_REST))
            .build();
    CircuitBreaker breaker = CircuitBreaker.of(name, config);
    breaker
        .getEventPublisher()
        .onStateTransition(it ->
            System.getLogger("parley.peers")
                .log(
                    System.Logger.Level.WARNING,
                    "{0}: {1}",
                    name,
                    it.getStateTransition().getToState()));
    return breaker;
  }
}
