package dev.parley.mesh;

import dev.parley.standalone.embedded.Ports;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one replica of a service is; the same after each of its restarts.
 *
 * @param name as in {@code speech-1}
 * @param port of gRPC
 * @param management of metrics and health
 * @param door of what is served by hand; 0 where nothing is
 */
record Place(String name, int port, int management, int door) {

  /** So many replicas of a program, on free ports. */
  static List<Place> take(Program program, int replicas) {
    List<Place> places = new ArrayList<>();
    for (int i = 1; i <= replicas; i++) {
      int door = program == Program.ORCHESTRATOR ? Ports.free() : 0;
      places.add(new Place(program.service() + "-" + i, Ports.free(), Ports.free(), door));
    }
    return List.copyOf(places);
  }
}
