package dev.parley.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.conversation.v1.ClientEvent;
import dev.parley.conversation.v1.SessionStart;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks for a conversation by hand and never reads a byte of it. */
final class StalledClient implements AutoCloseable {
  private final Socket socket = new Socket();

  private StalledClient(int port, String from) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  static StalledClient open(int port, Carrier carrier, SessionStart.Builder start)
      throws IOException {
    return open(port, carrier, start, "127.0.0.1");
  }

  /** From that address of loopback. */
  static StalledClient open(int port, Carrier carrier, SessionStart.Builder start, String from)
      throws IOException {
    StalledClient client = new StalledClient(port, from);
    byte[] event = ClientEvent.newBuilder().setSessionStart(start).build().toByteArray();
    OutputStream out = client.socket.getOutputStream();
    out.write(carrier == Carrier.WEB_SOCKET ? webSocket(event) : grpc(event));
    out.flush();
    return client;
  }

  boolean isOpen() {
    return !socket.isClosed();
  }

  private static byte[] webSocket(byte[] event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String upgrade =
        "GET /v1/sessions:connect HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\n"
            + "upgrade: websocket\r\nsec-websocket-version: 13\r\n"
            + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    bytes.writeBytes(upgrade.getBytes(US_ASCII));
    bytes.write(0x82); // A whole binary frame,
    bytes.write(0x80 | event.length); // masked with zeros.
    bytes.writeBytes(new byte[4]);
    bytes.writeBytes(event);
    return bytes.toByteArray();
  }

  /** HTTP/2 with prior knowledge: preface, settings, one request with literal headers, its data. */
  private static byte[] grpc(byte[] event) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    frame(out, 4, 0, 0, new byte[0]);
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":method", "POST");
    header(headers, ":scheme", "http");
    header(headers, ":path", "/parley.conversation.v1.ConversationService/Converse");
    header(headers, ":authority", "localhost");
    header(headers, "content-type", "application/grpc");
    header(headers, "te", "trailers");
    frame(out, 1, 4, 1, headers.toByteArray());
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(message);
    data.writeByte(0);
    data.writeInt(event.length);
    data.write(event);
    frame(out, 0, 0, 1, message.toByteArray());
    return bytes.toByteArray();
  }

  private static void header(ByteArrayOutputStream to, String name, String value) {
    to.write(0); // Literal, not indexed, with a new name.
    to.write(name.length());
    to.writeBytes(name.getBytes(US_ASCII));
    to.write(value.length());
    to.writeBytes(value.getBytes(US_ASCII));
  }

  private static void frame(DataOutputStream to, int type, int flags, int stream, byte[] payload)
      throws IOException {
    to.writeByte(0);
    to.writeShort(payload.length);
    to.writeByte(type);
    to.writeByte(flags);
    to.writeInt(stream);
    to.write(payload);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
