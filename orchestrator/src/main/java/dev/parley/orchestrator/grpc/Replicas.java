package dev.parley.orchestrator.grpc;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.stream.ClientStream;
import dev.parley.kit.stream.Inbound;
import dev.parley.kit.stream.Outbound;
import dev.parley.orchestrator.conversation.Leases;
import dev.parley.orchestrator.conversation.Session;
import dev.parley.orchestrator.conversation.Sessions;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serves a call where its session lives: here, or by passing it on to the replica that owns it, so
 * that whatever process a client comes to, one process speaks, with one numbering, pace and flow
 * control. An owner that does not answer loses the session to this process at once; one that is
 * going away is waited for until it has let go. Thread-safe.
 */
public final class Replicas implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(25);
  private final Sessions sessions;
  private final Function<String, ManagedChannel> connect;
  private final ConcurrentHashMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /** Over the sessions of this process; the others are reached as services reach each other. */
  public Replicas(Sessions sessions) {
    this(sessions, Hosted::channelTo);
  }

  /** The same with channels of another kind, by their {@code host:port}. */
  public Replicas(Sessions sessions, Function<String, ManagedChannel> connect) {
    this.sessions = sessions;
    this.connect = connect;
  }

  /** Runs it here, or where the session lives; an empty id is here. */
  <T> T where(Owner owner, String sessionId, Supplier<T> here, Function<Channel, T> there) {
    return sessionId.isEmpty() ? here.get() : wherever(owner, sessionId, _ -> here.get(), there);
  }

  /** Runs it with the session, or where the session lives. */
  <T> T wherever(
      Owner owner, String sessionId, Function<Session, T> here, Function<Channel, T> there) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<Leases.Claim.Elsewhere> gone = Optional.empty();
    while (true) {
      Leases.Claim.Elsewhere other;
      try {
        return here.apply(session(owner, sessionId, gone));
      } catch (Failure f) {
        other = elsewhere(f).orElseThrow(() -> f);
      }
      try {
        gone = Optional.empty();
        return there.apply(channels.computeIfAbsent(other.address(), connect));
      } catch (RuntimeException failed) {
        if (unanswered(failed)) {
          gone = Optional.of(other);
        } else {
          waitFor(Failures.fromStatus(failed), end);
        }
      }
    }
  }

  private Session session(Owner owner, String id, Optional<Leases.Claim.Elsewhere> gone) {
    return gone.map(it -> sessions.seize(owner, id, it)).orElseGet(() -> sessions.find(owner, id));
  }

  private static Optional<Leases.Claim.Elsewhere> elsewhere(Failure f) {
    String address = f.metadata().getOrDefault("address", "");
    return f.reason().equals("SESSION_ELSEWHERE") && !address.isEmpty()
        ? Optional.of(new Leases.Claim.Elsewhere(f.metadata().get("replica"), address))
        : Optional.empty();
  }

  /** Whether it was the connection that failed, and nobody there said anything. */
  private static boolean unanswered(RuntimeException failed) {
    Throwable cause = failed instanceof Failure ? failed.getCause() : failed;
    if (!(cause instanceof StatusRuntimeException status)) {
      return false;
    }
    var said = StatusProto.fromThrowable(status);
    return status.getStatus().getCode() == Status.Code.UNAVAILABLE
        && (said == null || said.getDetailsCount() == 0);
  }

  /** An owner that is letting go is asked again in a moment; what else it says stands. */
  private static void waitFor(Failure said, long end) {
    boolean leaving =
        said.code() == Failure.Code.UNAVAILABLE || said.reason().equals("SESSION_ELSEWHERE");
    if (!leaving || System.nanoTime() > end) {
      throw said;
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw said;
    }
  }

  /** Passes events of a session on; what was passed on counts when this fails and is done again. */
  boolean relay(Channel to, SubscribeRequest request, AtomicLong after, Outbound<ServerEvent> out) {
    var from = request.toBuilder().setAfterSeq(after.get()).build();
    var method = ConversationServiceGrpc.getSubscribeMethod();
    try (var stream = ClientStream.call(to, method, CallOptions.DEFAULT, from)) {
      for (var next = stream.receive(); next.isPresent(); next = stream.receive()) {
        out.send(next.get());
        after.accumulateAndGet(next.get().getSeq(), Math::max);
      }
      return true;
    }
  }

  /**
   * Passes a conversation on in both directions. Nothing but its first event is taken from the
   * client before the owner answers, so that it can still be had here; how it failed after that.
   */
  Optional<Failure> relay(
      Channel to, ClientEvent first, Inbound<ClientEvent> in, Outbound<ServerEvent> out) {
    var method = ConversationServiceGrpc.getConverseMethod();
    try (var stream = ClientStream.open(to, method, CallOptions.DEFAULT)) {
      begin(stream, first);
      Optional<ServerEvent> next = stream.receive();
      Thread up =
          Thread.ofVirtual().name("relay").start(Context.current().wrap(() -> up(in, stream)));
      try {
        for (; next.isPresent(); next = stream.receive()) {
          out.send(next.get());
        }
        return Optional.empty();
      } catch (Failure lost) {
        return Optional.of(lost);
      } finally {
        up.interrupt();
      }
    }
  }

  private static void begin(ClientStream<ClientEvent, ServerEvent> stream, ClientEvent first) {
    try {
      stream.send(first);
    } catch (Failure over) {
      stream.receive(); // says why
      throw over;
    }
  }

  private static void up(Inbound<ClientEvent> in, ClientStream<ClientEvent, ServerEvent> stream) {
    try {
      for (var e = in.take(); e.isPresent(); e = in.take()) {
        stream.send(e.get());
      }
      stream.halfClose();
    } catch (RuntimeException gone) {
      stream.close();
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
