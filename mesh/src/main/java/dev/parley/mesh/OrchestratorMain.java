package dev.parley.mesh;

import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.edge.Edge;
import dev.parley.edge.EdgeBuilder;
import dev.parley.kit.access.AccessSettings;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.PeerSettings;
import dev.parley.kit.host.ServiceProcess;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.VectorServiceGrpc;
import dev.parley.orchestrator.IdentitySettings;
import dev.parley.orchestrator.OrchestratorService;
import dev.parley.orchestrator.OrchestratorSettings;
import dev.parley.orchestrator.Peers;
import dev.parley.orchestrator.envoy.AuthorizationServer;
import dev.parley.orchestrator.envoy.RateLimitServer;
import dev.parley.orchestrator.redis.RedisConnection;
import dev.parley.orchestrator.redis.RedisRateLimits;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The orchestrator as a process of its own, with what is served by hand beside it: pages,
 * server-sent events, WebSockets and media, the same bytes as in one process.
 */
public final class OrchestratorMain {
  private static final Duration DRAIN = Duration.ofSeconds(4);

  private OrchestratorMain() {}

  /** Settings as {@code --name=value}. */
  public static void main(String[] arguments) {
    ServiceProcess.begin(
        "orchestrator",
        List.of(OrchestratorSettings.class, IdentitySettings.class, DoorSettings.class),
        arguments,
        OrchestratorMain::start);
  }

  private static void start(ServiceProcess process) {
    OrchestratorSettings settings = process.settings().of(OrchestratorSettings.class);
    PeerSettings peers = process.settings().of(PeerSettings.class);
    ManagedChannel speech = process.peer("speech", peers.speech());
    ManagedChannel render = process.peer("render", peers.render());
    ManagedChannel memory = process.peer("memory", peers.memory());
    ManagedChannel document = process.peer("document", peers.document());
    OrchestratorService orchestrator =
        OrchestratorService.start(
            settings,
            process.settings().of(IdentitySettings.class),
            new Peers(
                speech,
                render,
                memory,
                Optional.of(document),
                address -> process.one("orchestrator", address)));
    Entrance entrance = new Entrance(orchestrator);
    entrance.open(process);
    DoorSettings door = process.settings().of(DoorSettings.class);
    AccessSettings access = process.settings().of(AccessSettings.class);
    RedisConnection redis = process.keep(new RedisConnection(settings.redisUrl()));
    process.host(
        orchestrator,
        List.of(
            new AuthorizationServer(entrance.door(door, access)),
            new RateLimitServer(new RedisRateLimits(redis))));
    EdgeBuilder edge =
        builder(process)
            .service(SpeechServiceGrpc.getServiceDescriptor(), speech)
            .service(RenderServiceGrpc.getServiceDescriptor(), render)
            .service(RecollectionServiceGrpc.getServiceDescriptor(), memory)
            .service(VectorServiceGrpc.getServiceDescriptor(), memory)
            .service(DocumentServiceGrpc.getServiceDescriptor(), document);
    Hosted.forEdge(orchestrator, process.gate(), process.books()).forEach(edge::service);
    process.keep(entrance.guard(edge, door, access).start());
    process.keep(() -> orchestrator.drain(DRAIN));
    if (settings.warmUp()) {
      orchestrator.warmUp();
    }
  }

  private static EdgeBuilder builder(ServiceProcess process) {
    DoorSettings door = process.settings().of(DoorSettings.class);
    process.settings().of(AccessSettings.class).allow("door.address", door.address());
    EdgeBuilder edge =
        Edge.builder()
            .address(door.address(), door.port())
            .alive(() -> going(process))
            .ready(process.health()::failing)
            .pages(OrchestratorMain.class.getClassLoader());
    process.tls().ifPresent(it -> edge.tls(it.keys(), it.trust(List.of("envoy"))));
    return edge;
  }

  /** Whether the process is going away; what it needs besides is shared by all replicas. */
  private static Map<String, String> going(ServiceProcess process) {
    return process.health().isDraining() ? Map.of("orchestrator", "going away") : Map.of();
  }
}
