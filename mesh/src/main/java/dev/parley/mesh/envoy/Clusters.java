package dev.parley.mesh.envoy;

import dev.parley.mesh.envoy.Upstream.Balancing;
import dev.parley.mesh.envoy.Upstream.Protocol;
import java.util.List;

/** The clusters that the bootstrap names, wherever their processes are. */
public record Clusters(
    Replicas speech,
    Replicas render,
    Replicas memory,
    Replicas document,
    Replicas orchestrator,
    Replicas door) {
  private static final String ORCHESTRATOR = "orchestrator";

  /** All of them; what is served by hand beside the orchestrator has its identity. */
  public List<Upstream> upstreams() {
    return List.of(
        grpc("speech", speech),
        grpc("render", render),
        grpc("memory", memory),
        grpc("document", document),
        grpc(ORCHESTRATOR, orchestrator),
        new Upstream(
            "conversation", ORCHESTRATOR, Balancing.RING_HASH, Protocol.GRPC, orchestrator),
        new Upstream("pages", ORCHESTRATOR, Balancing.LEAST_REQUEST, Protocol.HTTP, door),
        new Upstream("sessions", ORCHESTRATOR, Balancing.RING_HASH, Protocol.HTTP, door),
        new Upstream("tools", ORCHESTRATOR, Balancing.LEAST_REQUEST, Protocol.HTTP_2, door));
  }

  private static Upstream grpc(String name, Replicas replicas) {
    return new Upstream(name, name, Balancing.LEAST_REQUEST, Protocol.GRPC, replicas);
  }
}
