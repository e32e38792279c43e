package dev.parley.kit.stream;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Serves streaming calls with one virtual thread each: straight code that takes and sends, with
 * flow control in both directions. A failure thrown by the handler ends the call with its status;
 * the call ends well when the handler returns. The gRPC context of the call is current in the
 * handler.
 */
public final class ServerStreams {
  private ServerStreams() {}

  /** Serves a call with streams in both directions. */
  @FunctionalInterface
  public interface BidiHandler<Q, S> {
    /** Runs until the call is done; interrupted when the client is gone or the call was ended. */
    void serve(Inbound<Q> inbound, Outbound<S> outbound);
  }

  /** Serves a call that answers with a stream. */
  @FunctionalInterface
  public interface StreamHandler<S> {
    /** Runs until the call is done; interrupted when the client is gone or the call was ended. */
    void serve(Outbound<S> outbound);
  }

  /** How many messages of a client may wait. */
  private static final int AHEAD = 32;

  /** For a bidi or client-streaming method: {@code return bidi(responses, handler)}. */
  public static <Q, S> StreamObserver<Q> bidi(
      StreamObserver<S> responses, BidiHandler<Q, S> handler) {
    ServerCallStreamObserver<S> observer = (ServerCallStreamObserver<S>) responses;
    observer.disableAutoRequest();
    Outbound<S> outbound = new Outbound<>(observer);
    Inbound<Q> inbound = new Inbound<>(AHEAD, observer::request);
    start("bidi", outbound, () -> handler.serve(inbound, outbound));
    outbound.onOver(() -> inbound.end(Optional.of(Status.CANCELLED.asRuntimeException())));
    observer.request(AHEAD);
    return new StreamObserver<>() {
      @Override
      public void onNext(Q value) {
        inbound.add(value);
      }

      @Override
      public void onError(Throwable thrown) {
        inbound.end(Optional.of(thrown));
      }

      @Override
      public void onCompleted() {
        inbound.end(Optional.empty());
      }
    };
  }

  /** For a server-streaming method: {@code stream(responses, out -> ...)}. */
  public static <S> void stream(StreamObserver<S> responses, StreamHandler<S> handler) {
    Outbound<S> outbound = new Outbound<>((ServerCallStreamObserver<S>) responses);
    start("stream", outbound, () -> handler.serve(outbound));
  }

  private static <S> void start(String name, Outbound<S> outbound, Runnable handler) {
    AtomicBoolean done = new AtomicBoolean();
    Runnable body =
        () -> {
          try {
            handler.run();
            done.set(true);
            outbound.complete();
          } catch (Throwable thrown) {
            done.set(true);
            outbound.fail(thrown);
          }
        };
    Thread thread = Thread.ofVirtual().name(name).unstarted(Context.current().wrap(body));
    outbound.onOver(() -> {
      if (!done.get()) {
        thread.interrupt();
      }
    });
    thread.start();
  }
}
