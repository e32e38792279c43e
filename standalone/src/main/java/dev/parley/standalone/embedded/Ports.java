package dev.parley.standalone.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds free loopback ports for processes that will listen on them, now and after each of their
 * restarts: below those that the system gives to outgoing connections, which would else take one in
 * between. Thread-safe.
 */
public final class Ports {
  private static final int FIRST = 11_000;
  private static final int TRIES = 500;
  private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

  /** Where Linux begins unless told otherwise; others begin higher. */
  private static final int USUAL = 32_768;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private Ports() {}

  /** One that nothing listens on at this moment, and that was not given before. */
  public static int free() {
    int end = outgoing();
    for (int i = 0; i < TRIES && end > FIRST; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, end);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** Such a file can only be read in one piece. */
  private static int outgoing() {
    try (BufferedReader file = Files.newBufferedReader(OUTGOING)) {
      return Integer.parseInt(file.readLine().strip().split("\\s+")[0]);
    } catch (IOException | NumberFormatException elsewhere) {
      return USUAL;
    }
  }
}
