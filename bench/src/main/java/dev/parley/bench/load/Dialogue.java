package dev.parley.bench.load;

import com.google.protobuf.ByteString;
import dev.parley.conversation.v1.AudioChunk;
import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.Interrupt;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SessionStart;
import dev.parley.conversation.v1.TextInput;
import dev.parley.conversation.v1.Tier;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One conversation over gRPC. Events carry the time at which they were read. One thread sends and
 * takes.
 */
public final class Dialogue implements AutoCloseable {
  /** An event and when it came, in nanoseconds of {@link System#nanoTime()}. */
  public record Arrival(ServerEvent event, long atNanos) {}

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final StreamObserver<ClientEvent> out;
  private volatile Throwable broken;
  private long clientSeq;

  /** Opens a session with a character and waits until it has started. */
  public Dialogue(Channel channel, String characterId, List<Tier> tiers) {
    out = ConversationServiceGrpc.newStub(channel).converse(new Reader());
    var start = SessionStart.newBuilder().setCharacterId(characterId).addAllTiers(tiers);
    send(ClientEvent.newBuilder().setSessionStart(start));
    await(ServerEvent::hasSessionStarted, 60_000);
  }

  /** Types something; when it was sent, in nanoseconds. */
  public long type(String text) {
    return send(ClientEvent.newBuilder().setTextInput(TextInput.newBuilder().setText(text)));
  }

  /** Sends 16-bit samples of the microphone. */
  public long speak(byte[] pcm, int from, int length) {
    var chunk = AudioChunk.newBuilder().setData(ByteString.copyFrom(pcm, from, length));
    return send(ClientEvent.newBuilder().setAudioChunk(chunk));
  }

  /** Interrupts whatever is said. */
  public long interrupt() {
    return send(ClientEvent.newBuilder().setInterrupt(Interrupt.getDefaultInstance()));
  }

  private long send(ClientEvent.Builder event) {
    long now = System.nanoTime();
    out.onNext(event.setClientSeq(++clientSeq).build());
    return now;
  }

  /** Takes events until one fits. */
  public Arrival await(Predicate<ServerEvent> wanted, long limitMs) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
    for (Arrival next = next(end); ; next = next(end)) {
      if (wanted.test(next.event())) {
        return next;
      }
    }
  }

  /** The next event before that time. */
  public Arrival next(long endNanos) {
    try {
      Arrival next = arrivals.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        throw new IllegalStateException("nothing came in time", broken);
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Whether something waits to be taken. */
  public boolean hasNext() {
    return !arrivals.isEmpty();
  }

  @Override
  public void close() {
    out.onCompleted();
  }

  private final class Reader implements StreamObserver<ServerEvent> {
    @Override
    public void onNext(ServerEvent event) {
      arrivals.add(new Arrival(event, System.nanoTime()));
    }

    @Override
    public void onError(Throwable thrown) {
      broken = thrown;
    }

    @Override
    public void onCompleted() {}
  }
}
