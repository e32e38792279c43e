package dev.parley.orchestrator.replica;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Leases;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.TurnTracer;
import dev.parley.orchestrator.conversation.Watch;
import dev.parley.orchestrator.grpc.ConversationGrpc;
import dev.parley.orchestrator.grpc.EventJournal;
import dev.parley.orchestrator.grpc.Replicas;
import dev.parley.orchestrator.redis.RedisConnection;
import io.grpc.BindableService;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * One orchestrator among several over one Redis, with a thinker and a voice that take their time,
 * and, unless told otherwise, a database that is away: what it knows of a session it has from the
 * log. Started in a test, or as a process of its own that can be killed.
 */
final class Replica implements Service, AutoCloseable {
  private static final Character ADA = Character.named("ada", "Ada");
  private final RedisConnection redis;
  private final Sessions sessions;
  private final Replicas replicas;
  private final Watch watch;
  private final List<BindableService> services;
  private final Hosted hosted;

  /** On that port of the loopback. */
  Replica(String redisUrl, int port) {
    this(redisUrl, port, new AwaySessions());
  }

  Replica(String redisUrl, int port, SessionStore kept) {
    this.redis = new RedisConnection(redisUrl);
    var window = SessionSettings.DEFAULTS.window();
    var replay = Duration.ofNanos(window.eventNanos());
    Leases leases = redis.leases(Ids.next(), "127.0.0.1:" + port, Duration.ofSeconds(2), replay);
    var log = redis.eventLog(window.mediaBytes(), window.events(), replay);
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var parts =
        new Parts(
            new SlowEngines.Thinking(),
            Optional.empty(),
            Optional.of(new SlowEngines.Speaking()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            kept,
            new NoTurns(),
            Optional.empty(),
            Optional.of(new EventJournal(log)),
            Optional.of(leases),
            threads,
            threads,
            System::nanoTime,
            Ids::next,
            SessionSettings.DEFAULTS,
            TurnTracer.NONE);
    this.sessions = new Sessions((_, _) -> Optional.of(ADA), parts);
    this.replicas = new Replicas(sessions);
    this.services = List.of(new ConversationGrpc(sessions, List::of, replicas));
    this.hosted = Hosted.onPort(this, new InetSocketAddress("127.0.0.1", port));
    this.watch = Watch.start(leases, sessions);
  }

  /** Redis and port; serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    var replica = new Replica(arguments[0], Integer.parseInt(arguments[1]));
    System.out.println("serving " + replica.hosted.port());
    Thread.sleep(Duration.ofHours(1));
  }

  static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  boolean owns(String sessionId) {
    return sessions.isLive(sessionId);
  }

  /** Says goodbye and hands over what it has. */
  @Override
  public void drain(Duration deadline) {
    sessions.drain(deadline);
  }

  void stop(Duration deadline) {
    sessions.drain(deadline);
    watch.close();
    hosted.close();
  }

  @Override
  public String name() {
    return "orchestrator";
  }

  @Override
  public List<BindableService> grpcServices() {
    return services;
  }

  @Override
  public List<Part> parts() {
    return List.of();
  }

  @Override
  public void close() {
    replicas.close();
    redis.close();
  }

  /** Takes sessions and never finds one. */
  private record AwaySessions() implements SessionStore {
    @Override
    public SessionRecord create(SessionRecord session) {
      return session;
    }

    @Override
    public Optional<SessionRecord> find(Owner owner, String sessionId) {
      throw away();
    }

    @Override
    public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
      throw away();
    }

    @Override
    public void touch(Owner owner, String sessionId, Instant time, int turnCount, String title) {}

    @Override
    public void end(Owner owner, String sessionId, Instant time) {}

    @Override
    public boolean delete(Owner owner, String sessionId) {
      return false;
    }
  }

  private record NoTurns() implements TurnStore {
    @Override
    public void save(TurnRecord turn) {}

    @Override
    public Optional<TurnRecord> find(Owner owner, String turnId) {
      return Optional.empty();
    }

    @Override
    public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
      return Optional.empty();
    }

    @Override
    public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
      return new Page<>(List.of(), "");
    }

    @Override
    public List<TurnRecord> last(Owner owner, String sessionId, int count) {
      return List.of();
    }

    @Override
    public int failUnfinished(Instant time, Predicate<String> goesOn) {
      return 0;
    }
  }

  private static Failure away() {
    return Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "the database is away");
  }
}
