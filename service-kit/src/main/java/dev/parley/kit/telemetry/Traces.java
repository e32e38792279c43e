package dev.parley.kit.telemetry;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Traces across every hop: the current span travels in the gRPC context within a process and in W3C
 * Trace Context headers between processes. Spans carry names, ids and times, never words of a
 * conversation. While no collector is set, spans are the library's no-ops.
 */
public final class Traces {
  private static final Context.Key<Span> SPAN = Context.key("parley-span");
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<Metadata> HEADERS = new HeaderGetter();

  private static volatile Optional<Tracer> tracer = Optional.empty();

  private Traces() {}

  /** The span that runs now; an invalid one outside any. */
  public static Span current() {
    Span span = SPAN.get();
    return span == null ? Span.getInvalid() : span;
  }

  /** Begins a span below the current one. The caller ends it. */
  public static Span begin(String name) {
    return tracer
        .map(t -> t.spanBuilder(name).setParent(around(current())).startSpan())
        .orElse(Span.getInvalid());
  }

  /** Runs a task with this span as the current one. */
  public static void run(Span span, Runnable task) {
    Context.current().withValue(SPAN, span).run(task);
  }

  /** Gives the headers that let a server over another protocol go on with the current trace. */
  public static void inject(BiConsumer<String, String> headers) {
    W3C.inject(around(current()), headers, BiConsumer::accept);
  }

  /** A server span for every call that comes in, below the span its headers name. */
  public static ServerInterceptor incoming() {
    return new Incoming();
  }

  /** A client span for every call that goes out, below the current one, named in its headers. */
  public static ClientInterceptor outgoing() {
    return new Outgoing();
  }

  /** From now on spans are made by that; by none where it is empty. */
  static void use(Optional<TracerProvider> provider) {
    tracer = provider.map(p -> p.get("parley"));
  }

  private static io.opentelemetry.context.Context around(Span span) {
    return io.opentelemetry.context.Context.root().with(span);
  }

  private static Span of(Tracer tracer, MethodDescriptor<?, ?> method, SpanKind kind, Span parent) {
    return tracer
        .spanBuilder(method.getFullMethodName())
        .setSpanKind(kind)
        .setParent(around(parent))
        .setAttribute("rpc.system", "grpc")
        .startSpan();
  }

  private static void end(Span span, Status status) {
    span.setAttribute("rpc.grpc.status_code", status.getCode().value());
    if (!status.isOk()) {
      span.setStatus(StatusCode.ERROR, status.getCode().name());
    }
    span.end();
  }

  private static final class Incoming implements ServerInterceptor {
    @Override
    public <Q, S> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      Optional<Tracer> used = tracer;
      return used.isEmpty()
          ? next.startCall(call, headers)
          : traced(used.get(), call, headers, next);
    }

    private static <Q, S> ServerCall.Listener<Q> traced(
        Tracer tracer, ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
      var remote = W3C.extract(io.opentelemetry.context.Context.root(), headers, HEADERS);
      Span span = of(tracer, call.getMethodDescriptor(), SpanKind.SERVER, Span.fromContext(remote));
      var closing =
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              end(span, status);
              super.close(status, trailers);
            }
          };
      Context context = Context.current().withValue(SPAN, span);
      return new SimpleForwardingServerCallListener<>(
          Contexts.interceptCall(context, closing, headers, next)) {
        @Override
        public void onCancel() {
          end(span, Status.CANCELLED);
          super.onCancel();
        }
      };
    }
  }

  private static final class Outgoing implements ClientInterceptor {
    @Override
    public <Q, S> ClientCall<Q, S> interceptCall(
        MethodDescriptor<Q, S> method, CallOptions options, Channel next) {
      Optional<Tracer> used = tracer;
      if (used.isEmpty()) {
        return next.newCall(method, options);
      }
      Span span = of(used.get(), method, SpanKind.CLIENT, current());
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<S> listener, Metadata headers) {
          W3C.inject(around(span), headers, (to, name, value) -> to.put(header(name), value));
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  end(span, status);
                  super.onClose(status, trailers);
                }
              },
              headers);
        }
      };
    }
  }

  private static Metadata.Key<String> header(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  private static final class HeaderGetter implements TextMapGetter<Metadata> {
    @Override
    public Iterable<String> keys(Metadata headers) {
      return headers.keys();
    }

    @Override
    public String get(Metadata headers, String name) {
      return headers.get(header(name));
    }
  }
}
