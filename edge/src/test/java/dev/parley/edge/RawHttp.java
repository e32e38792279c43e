package dev.parley.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** HTTP by hand, for what clients do not let one say: any Host, and not reading. */
final class RawHttp implements AutoCloseable {
  private final Socket socket = new Socket();

  RawHttp(int port) throws IOException {
    socket.setReceiveBufferSize(16_384);
    socket.setSoTimeout(5_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
  }

  void ask(String path, String host) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
  }

  /** The first bytes of the answer. */
  String get(String path, String host) throws IOException {
    ask(path, host);
    byte[] bytes = new byte[4096];
    return new String(bytes, 0, socket.getInputStream().read(bytes), US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
