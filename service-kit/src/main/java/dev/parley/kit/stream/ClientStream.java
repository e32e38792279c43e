package dev.parley.kit.stream;

import dev.parley.kit.failure.Failure;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client's side of any streaming call, as straight code: {@link #send} waits while the server
 * is not ready, {@link #receive} waits for the next message. One sender and one reader at a time.
 * Closing it cancels the call.
 */
public final class ClientStream<Q, S> implements AutoCloseable {
  private static final int AHEAD = 16;

  private final ClientCall<Q, S> call;
  private final Inbound<S> inbound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ready = lock.newCondition();
  private boolean closed;

  private ClientStream(ClientCall<Q, S> call) {
    this.call = call;
    this.inbound = new Inbound<>(AHEAD, call::request);
  }

  /** Opens a call. */
  public static <Q, S> ClientStream<Q, S> open(
      Channel channel, MethodDescriptor<Q, S> method, CallOptions options) {
    ClientStream<Q, S> stream = new ClientStream<>(channel.newCall(method, options));
    stream.call.start(stream.new Listener(), new Metadata());
    stream.call.request(AHEAD);
    return stream;
  }

  /** Opens a server-streaming call with its one request. */
  public static <Q, S> ClientStream<Q, S> call(
      Channel channel, MethodDescriptor<Q, S> method, CallOptions options, Q request) {
    ClientStream<Q, S> stream = open(channel, method, options);
    stream.call.sendMessage(request);
    stream.call.halfClose();
    return stream;
  }

  /**
   * Sends one message, waiting until the transport takes it.
   *
   * @throws Failure CANCELLED when the call is over
   */
  public void send(Q message) {
    lock.lock();
    try {
      while (!call.isReady() && !closed) {
        ready.await();
      }
      if (closed) {
        throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "the call is over");
      }
      call.sendMessage(message);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while sending");
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more will be sent. */
  public void halfClose() {
    lock.lock();
    try {
      if (!closed) {
        call.halfClose();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next message; empty at the end. */
  public Optional<S> receive() {
    return inbound.take();
  }

  /** The next message within a time; empty at the end. */
  public Optional<S> receive(Duration limit) {
    return inbound.take(limit);
  }

  /** Cancels the call; nothing happens when it is over. */
  @Override
  public void close() {
    call.cancel("closed by the caller", null);
  }

  private final class Listener extends ClientCall.Listener<S> {
    @Override
    public void onReady() {
      signal(false);
    }

    @Override
    public void onMessage(S message) {
      inbound.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      inbound.end(
          status.isOk() ? Optional.empty() : Optional.of(status.asRuntimeException(trailers)));
      signal(true);
    }

    private void signal(boolean over) {
      lock.lock();
      try {
        closed |= over;
        ready.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
