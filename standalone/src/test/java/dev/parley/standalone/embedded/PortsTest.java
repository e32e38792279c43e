package dev.parley.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void noneIsGivenTwiceAndAllCanBeListenedOn() throws Exception {
    List<Integer> ports = Stream.generate(Ports::free).limit(50).toList();
    assertThat(ports).doesNotHaveDuplicates();
    for (int port : ports) {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  @Test
  void noOutgoingConnectionTakesOne() throws Exception {
    int given = Ports.free();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket outgoing = new Socket(server.getInetAddress(), server.getLocalPort())) {
      assertThat(given).isLessThan(outgoing.getLocalPort());
    }
  }
}
