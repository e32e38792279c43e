package dev.parley.bench.doors;

import dev.parley.speech.v1.ListVoicesRequest;
import dev.parley.speech.v1.SpeechServiceGrpc;
import dev.parley.speech.v1.SynthesizeRequest;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls one door over {@link #CONNECTIONS} connections, with an access token. One thread paces;
 * answers are taken where they are read.
 */
public final class Caller implements AutoCloseable {
  /** What is called. */
  public enum Kind {
    /** One small message each way. */
    UNARY,
    /** One asks, {@link FixedSpeech#PIECES} messages of about a kilobyte come. */
    STREAM
  }

  /**
   * What came of calls.
   *
   * @param ms from when each was due until its end, in milliseconds
   * @param lateMs by how much each was made late, in milliseconds
   */
  public record Took(double seconds, int calls, int failed, List<Double> ms, List<Double> lateMs) {
    /** Calls that ended a second. */
    public double aSecond() {
      return calls / seconds;
    }
  }

  private static final int CONNECTIONS = 4;
  private static final ListVoicesRequest ASK = ListVoicesRequest.getDefaultInstance();
  private static final SynthesizeRequest SAY = SynthesizeRequest.newBuilder().setText("x").build();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicInteger next = new AtomicInteger();

  /** Of a door on loopback. */
  Caller(int port, String token) {
    Metadata shown = new Metadata();
    shown.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    ClientInterceptor shows = MetadataUtils.newAttachHeadersInterceptor(shown);
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .directExecutor()
              .intercept(shows)
              .build());
    }
  }

  /** As many as go, so many at a time. */
  public Took flat(Kind kind, int atOnce, Duration time) throws InterruptedException {
    Tally tally = new Tally();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    Semaphore free = new Semaphore(atOnce);
    while (System.nanoTime() < end) {
      if (free.tryAcquire(1, 100, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        call(kind, now, tally, free);
      }
    }
    await(free, atOnce);
    return tally.took(System.nanoTime() - begun);
  }

  /** At a fixed rate, whether or not those before have ended. */
  public Took paced(Kind kind, double aSecond, Duration time) throws InterruptedException {
    Tally tally = new Tally();
    int calls = (int) (aSecond * time.toNanos() / 1e9);
    Semaphore ended = new Semaphore(calls);
    ended.acquire(calls);
    long begun = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      long due = begun + (long) (i * 1e9 / aSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      tally.late.add((System.nanoTime() - due) / 1e6);
      call(kind, due, tally, ended);
    }
    await(ended, calls);
    return tally.took(System.nanoTime() - begun);
  }

  private static void await(Semaphore ended, int all) throws InterruptedException {
    if (!ended.tryAcquire(all, 30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("calls did not end");
    }
  }

  private void call(Kind kind, long due, Tally tally, Semaphore ended) {
    ManagedChannel channel = channels.get(Math.floorMod(next.getAndIncrement(), CONNECTIONS));
    if (kind == Kind.UNARY) {
      var call = channel.newCall(SpeechServiceGrpc.getListVoicesMethod(), CallOptions.DEFAULT);
      ClientCalls.asyncUnaryCall(call, ASK, new Ended<>(due, tally, ended));
    } else {
      var call = channel.newCall(SpeechServiceGrpc.getSynthesizeMethod(), CallOptions.DEFAULT);
      ClientCalls.asyncServerStreamingCall(call, SAY, new Ended<>(due, tally, ended));
    }
  }

  private static final class Tally {
    private final List<Double> ms = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> late = new ArrayList<>();
    private final AtomicInteger failed = new AtomicInteger();

    Took took(long nanos) {
      return new Took(nanos / 1e9, ms.size(), failed.get(), ms, late);
    }
  }

  private record Ended<T>(long due, Tally tally, Semaphore ended) implements StreamObserver<T> {
    @Override
    public void onNext(T message) {}

    @Override
    public void onError(Throwable thrown) {
      if (tally.failed.getAndIncrement() == 0) {
        System.err.println("a call failed: " + thrown);
      }
      ended.release();
    }

    @Override
    public void onCompleted() {
      tally.ms.add((System.nanoTime() - due) / 1e6);
      ended.release();
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
