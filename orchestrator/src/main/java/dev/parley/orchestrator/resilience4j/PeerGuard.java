package dev.parley.orchestrator.resilience4j;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands before one peer: at most so many calls at a time, and none for a while after most of the
 * last ones failed, so that nobody waits for a peer that is not there and it is not run over when
 * it comes back. What is refused ends at once with a time to come back. A stream of requests counts
 * as answered when it has been open for {@value #QUIET_MS} ms: its peer may have nothing to say for
 * hours, as while a microphone is silent. Thread-safe.
 */
public final class PeerGuard implements ClientInterceptor {
  private static final Set<Status.Code> FAULTS =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN);

  private static final long QUIET_MS = 2_000;

  private final String peer;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;

  /** Before a peer of that name. */
  public PeerGuard(String peer, int mostCalls) {
    this.peer = peer;
    this.breaker = Breakers.of(peer);
    this.bulkhead =
        Bulkhead.of(
            peer,
            BulkheadConfig.custom()
                .maxConcurrentCalls(mostCalls)
                .maxWaitDuration(Duration.ZERO)
                .build());
  }

  @Override
  public <Q, S> ClientCall<Q, S> interceptCall(
      MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
    if (!bulkhead.tryAcquirePermission()) {
      return new Refused<>(refusal("OVERLOADED", peer + " has too many calls at a time"));
    }
    if (!breaker.tryAcquirePermission()) {
      bulkhead.onComplete();
      return new Refused<>(refusal("UNAVAILABLE", peer + " is not there; it is asked again soon"));
    }
    return new Guarded<>(next.newCall(method, options), !method.getType().clientSendsOneMessage());
  }

  /** Not UNAVAILABLE, since another try at once would meet the same. */
  private static StatusRuntimeException refusal(String reason, String message) {
    return Failures.toStatus(
        Failure.of(Failure.Code.RESOURCE_EXHAUSTED, reason, message)
            .retryAfter(Duration.ofSeconds(1)));
  }

  private final class Guarded<Q, S> extends SimpleForwardingClientCall<Q, S> {
    private final long begun = System.nanoTime();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean quiet;

    Guarded(ClientCall<Q, S> call, boolean quiet) {
      super(call);
      this.quiet = new AtomicBoolean(quiet);
    }

    @Override
    public void start(Listener<S> listener, Metadata headers) {
      super.start(
          new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onReady() {
              taken();
              super.onReady();
            }

            @Override
            public void onMessage(S message) {
              good();
              super.onMessage(message);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
              over(status);
              super.onClose(status, trailers);
            }
          },
          headers);
    }

    /** The transport has the call; before that nothing is known of the peer. */
    private void taken() {
      if (quiet.compareAndSet(true, false)) {
        CompletableFuture.delayedExecutor(QUIET_MS, TimeUnit.MILLISECONDS).execute(this::good);
      }
    }

    /** A peer that answers is there, however long the call lasts. */
    private void good() {
      if (answered.compareAndSet(false, true)) {
        breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      }
    }

    private void over(Status status) {
      bulkhead.onComplete();
      if (FAULTS.contains(status.getCode())) {
        answered.set(true);
        breaker.onError(
            System.nanoTime() - begun, TimeUnit.NANOSECONDS, status.asRuntimeException());
      } else if (status.getCode() != Status.Code.CANCELLED) {
        good();
      } else if (answered.compareAndSet(false, true)) {
        breaker.releasePermission();
      }
    }
  }

  /** A call that is over before it began. */
  private static final class Refused<Q, S> extends ClientCall<Q, S> {
    private final StatusRuntimeException why;

    Refused(StatusRuntimeException why) {
      this.why = why;
    }

    @Override
    public void start(Listener<S> listener, Metadata headers) {
      Metadata trailers = why.getTrailers();
      listener.onClose(why.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(String message, Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(Q message) {}
  }
}
