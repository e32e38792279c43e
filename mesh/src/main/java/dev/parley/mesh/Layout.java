package dev.parley.mesh;

import dev.parley.mesh.envoy.Replica;
import dev.parley.mesh.envoy.Upstream;
import dev.parley.mesh.envoy.Upstream.Balancing;
import dev.parley.mesh.envoy.Upstream.Protocol;
import java.util.List;
import java.util.stream.Collectors;

/** Which processes there are, where, and how they find one another. */
record Layout(
    List<Place> speech,
    List<Place> render,
    List<Place> memory,
    List<Place> document,
    List<Place> orchestrator) {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Takes ports.
   *
   * @param sharedVectors whether the vectors are in a store of their own; a folder has one owner,
   *     so memory is one process there
   */
  static Layout of(int replicas, boolean sharedVectors) {
    return new Layout(
        Place.take(Program.SPEECH, replicas),
        Place.take(Program.RENDER, replicas),
        Place.take(Program.MEMORY, sharedVectors ? replicas : 1),
        Place.take(Program.DOCUMENT, replicas),
        Place.take(Program.ORCHESTRATOR, replicas));
  }

  /** Where services find the others. */
  List<String> peers() {
    return List.of(
        "--peers.speech=" + target(speech),
        "--peers.render=" + target(render),
        "--peers.memory=" + target(memory),
        "--peers.document=" + target(document),
        "--peers.orchestrator=" + target(orchestrator));
  }

  private static String target(List<Place> places) {
    return places.stream()
        .map(it -> LOOPBACK + ":" + it.port())
        .collect(Collectors.joining(",", "fixed:///", ""));
  }

  /** The clusters that Envoy's bootstrap names. */
  List<Upstream> upstreams() {
    return List.of(
        grpc("speech", "speech", Balancing.LEAST_REQUEST, speech),
        grpc("render", "render", Balancing.LEAST_REQUEST, render),
        grpc("memory", "memory", Balancing.LEAST_REQUEST, memory),
        grpc("document", "document", Balancing.LEAST_REQUEST, document),
        grpc("orchestrator", "orchestrator", Balancing.LEAST_REQUEST, orchestrator),
        grpc("conversation", "orchestrator", Balancing.RING_HASH, orchestrator),
        doors("pages", Balancing.LEAST_REQUEST, Protocol.HTTP),
        doors("sessions", Balancing.RING_HASH, Protocol.HTTP),
        doors("tools", Balancing.LEAST_REQUEST, Protocol.HTTP_2));
  }

  private static Upstream grpc(
      String name, String identity, Balancing balancing, List<Place> places) {
    List<Replica> replicas =
        places.stream().map(it -> new Replica(it.name(), LOOPBACK, it.port())).toList();
    return new Upstream(name, identity, balancing, Protocol.GRPC, replicas);
  }

  private Upstream doors(String name, Balancing balancing, Protocol protocol) {
    List<Replica> replicas =
        orchestrator.stream().map(it -> new Replica(it.name(), LOOPBACK, it.door())).toList();
    return new Upstream(name, "orchestrator", balancing, protocol, replicas);
  }
}
