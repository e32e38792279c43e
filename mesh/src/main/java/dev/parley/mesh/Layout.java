package dev.parley.mesh;

import dev.parley.mesh.envoy.Clusters;
import dev.parley.mesh.envoy.Replica;
import dev.parley.mesh.envoy.Replicas;
import dev.parley.mesh.envoy.Upstream;
import java.util.List;
import java.util.function.ToIntFunction;
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
    return new Clusters(
            listed(speech, Place::port),
            listed(render, Place::port),
            listed(memory, Place::port),
            listed(document, Place::port),
            listed(orchestrator, Place::port),
            listed(orchestrator, Place::door))
        .upstreams();
  }

  private static Replicas listed(List<Place> places, ToIntFunction<Place> port) {
    return new Replicas.Listed(
        places.stream().map(it -> new Replica(it.name(), LOOPBACK, port.applyAsInt(it))).toList());
  }
}
