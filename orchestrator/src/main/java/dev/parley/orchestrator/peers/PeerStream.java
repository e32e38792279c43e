package dev.parley.orchestrator.peers;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.stream.ClientStream;
import dev.parley.orchestrator.conversation.Call;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call with streams in both directions that never blocks its user: what is sent waits in a bounded
 * queue, what comes is handed to a handler on a thread of the call's own. A queue that is full fails
 * the call as overloaded rather than filling memory.
 */
final class PeerStream<Q, S> implements Call {
  /** Takes what comes; one call at a time. */
  interface Handler<S> {
    void message(S message);

    /** The call ended well; last call. */
    void ended();

    /** The call failed; last call. */
    void failed(Failure failure);
  }

  private static final int WAITING = 1024;

  private final ArrayBlockingQueue<Optional<Q>> queue = new ArrayBlockingQueue<>(WAITING);
  private final AtomicBoolean over = new AtomicBoolean();
  private final ClientStream<Q, S> stream;
  private final Handler<S> handler;
  private final Thread writer;

  private PeerStream(ClientStream<Q, S> stream, Handler<S> handler) {
    this.stream = stream;
    this.handler = handler;
    Context context = Context.current();
    this.writer = Thread.ofVirtual().name("peer-writer").unstarted(context.wrap(this::write));
    Thread.ofVirtual().name("peer-reader").start(context.wrap(this::read));
    writer.start();
  }

  static <Q, S> PeerStream<Q, S> open(
      Channel channel, MethodDescriptor<Q, S> method, Handler<S> handler) {
    return new PeerStream<>(ClientStream.open(channel, method, CallOptions.DEFAULT), handler);
  }

  /** Hands a message over. After the end of the call nothing happens. */
  void send(Q message) {
    offer(Optional.of(message));
  }

  /** Says that nothing more comes. */
  void halfClose() {
    offer(Optional.empty());
  }

  @Override
  public void cancel() {
    if (over.compareAndSet(false, true)) {
      writer.interrupt();
      stream.close();
    }
  }

  private void offer(Optional<Q> item) {
    if (!over.get() && !queue.offer(item)) {
      fail(
          Failure.of(
              Failure.Code.RESOURCE_EXHAUSTED,
              "OVERLOADED",
              WAITING + " messages wait for a service that takes none"));
    }
  }

  private void write() {
    try {
      for (Optional<Q> next = queue.take(); next.isPresent(); next = queue.take()) {
        stream.send(next.get());
      }
      stream.halfClose();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      fail(Failures.fromStatus(e));
    }
  }

  private void read() {
    try {
      for (Optional<S> next = stream.receive(); next.isPresent(); next = stream.receive()) {
        if (over.get()) {
          return;
        }
        handler.message(next.get());
      }
      if (over.compareAndSet(false, true)) {
        writer.interrupt();
        handler.ended();
      }
    } catch (RuntimeException e) {
      fail(Failures.fromStatus(e));
    }
  }

  private void fail(Failure failure) {
    if (over.compareAndSet(false, true)) {
      writer.interrupt();
      stream.close();
      handler.failed(failure);
    }
  }
}
