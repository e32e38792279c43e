package dev.parley.kit.telemetry;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** The process's metrics in Prometheus form, with a timer for every gRPC method and status. */
public final class Metrics {
  private static final PrometheusMeterRegistry REGISTRY = make();

  private Metrics() {}

  /** The registry of this process. */
  public static PrometheusMeterRegistry registry() {
    return REGISTRY;
  }

  /** Adds to a counter, which is there from the first call on, be it with 0. */
  public static void count(String name, double more) {
    REGISTRY.counter(name).increment(more);
  }

  /** Times every call: {@code parley_grpc_server_seconds{method,code}}. */
  public static ServerInterceptor calls() {
    return new ServerInterceptor() {
      @Override
      public <Q, S> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
        long start = System.nanoTime();
        String method = call.getMethodDescriptor().getFullMethodName();
        return next.startCall(
            new SimpleForwardingServerCall<>(call) {
              @Override
              public void close(Status status, Metadata trailers) {
                Timer.builder("parley.grpc.server")
                    .tag("method", method)
                    .tag("code", status.getCode().name())
                    .register(REGISTRY)
                    .record(Duration.ofNanos(System.nanoTime() - start));
                super.close(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private static PrometheusMeterRegistry make() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    if (NativeMemory.inUse().isPresent()) {
      Gauge.builder("parley.native.memory", () -> NativeMemory.inUse().getAsLong())
          .baseUnit("bytes")
          .register(registry);
    }
    return registry;
  }
}
