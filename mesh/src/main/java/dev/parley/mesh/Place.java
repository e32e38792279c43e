package dev.parley.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
      List<Integer> ports = free(3);
      int door = program == Program.ORCHESTRATOR ? ports.get(2) : 0;
      places.add(new Place(program.service() + "-" + i, ports.get(0), ports.get(1), door));
    }
    return List.copyOf(places);
  }

  /** Free ports of loopback, all different. */
  static List<Integer> free(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    } finally {
      held.forEach(Place::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
