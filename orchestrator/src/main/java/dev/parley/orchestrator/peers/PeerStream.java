package dev.parley.orchestrator.peers;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.stream.ClientStream;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A call to a peer whose sends never block: a bounded queue drained by one virtual thread, answers
 * read by another. What fails, also a queue that overflows, is told once and ends the call.
 */
final class PeerStream<Q, S> {
  private static final int MOST_WAITING = 2048;
  private final ClientStream<Q, S> call;
  private final ArrayBlockingQueue<Optional<Q>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean over = new AtomicBoolean();
  private final Consumer<Failure> failed;
  private volatile Optional<Thread> sender = Optional.empty();

  private PeerStream(ClientStream<Q, S> call, Consumer<Failure> failed) {
    this.call = call;
    this.failed = failed;
  }

  static <Q, S> PeerStream<Q, S> open(
      Channel channel,
      MethodDescriptor<Q, S> method,
      Consumer<S> answers,
      Consumer<Failure> failed) {
    ClientStream<Q, S> call = ClientStream.open(channel, method, CallOptions.DEFAULT);
    var stream = new PeerStream<>(call, failed);
    stream.sender = Optional.of(Thread.ofVirtual().name("peer-send").start(stream::drain));
    Thread.ofVirtual().name("peer-read").start(() -> stream.read(answers));
    return stream;
  }

  static <Q, S> PeerStream<Q, S> call(
      Channel channel,
      MethodDescriptor<Q, S> method,
      Q request,
      Consumer<S> answers,
      Consumer<Failure> failed) {
    ClientStream<Q, S> call = ClientStream.call(channel, method, CallOptions.DEFAULT, request);
    var stream = new PeerStream<>(call, failed);
    Thread.ofVirtual().name("peer-read").start(() -> stream.read(answers));
    return stream;
  }

  void send(Q message) {
    put(Optional.of(message));
  }

  void end() {
    put(Optional.empty());
  }

  void cancel() {
    over.set(true);
    call.close();
    sender.ifPresent(Thread::interrupt);
  }

  private void put(Optional<Q> message) {
    if (!over.get() && !waiting.offer(message)) {
      fail(Failure.of(Failure.Code.RESOURCE_EXHAUSTED, "OVERLOADED", "the peer does not keep up"));
    }
  }

  private void drain() {
    try {
      for (Optional<Q> next = waiting.take(); !over.get(); next = waiting.take()) {
        if (next.isEmpty()) {
          call.halfClose();
          return;
        }
        call.send(next.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Failure ended) {
      waiting.clear(); // the reader learns the cause from the call's end
    }
  }

  private void read(Consumer<S> answers) {
    try {
      for (Optional<S> next = call.receive(); next.isPresent(); next = call.receive()) {
        if (over.get()) {
          return;
        }
        answers.accept(next.get());
      }
    } catch (RuntimeException e) {
      fail(Failures.fromStatus(e));
    } finally {
      sender.ifPresent(Thread::interrupt);
    }
  }

  private void fail(Failure failure) {
    if (over.compareAndSet(false, true)) {
      call.close();
      failed.accept(failure);
    }
  }
}
