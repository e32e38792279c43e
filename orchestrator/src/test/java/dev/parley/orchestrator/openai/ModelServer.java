package dev.parley.orchestrator.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A model server down to its bytes, so that it can misbehave in every way. */
final class ModelServer implements AutoCloseable {
  /** What was asked. */
  record Call(String head, String body) {}

  /** What is done with one call. */
  interface Script {
    void answer(Wire wire) throws Exception;
  }

  final List<Call> calls = new CopyOnWriteArrayList<>();
  volatile Script script = wire -> wire.say("Hel", "lo.");
  private final ServerSocket listening;

  ModelServer() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/v1/");
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      calls.add(read(socket.getInputStream()));
      script.answer(new Wire(socket, socket.getOutputStream()));
    } catch (Exception gone) {
      // The thinker has hung up, or the script meant it.
    }
  }

  private static Call read(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    String length = head.toString().replaceFirst("(?is).*content-length: *(\\d+).*", "$1");
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return new Call(head.toString(), new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /** One connection, seen from the server. */
  record Wire(Socket socket, OutputStream out) {
    void status(int status, String... headers) throws IOException {
      raw("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\nConnection: close\r\n");
      for (String it : headers) {
        raw(it + "\r\n");
      }
      raw("\r\n");
    }

    void begin() throws IOException {
      raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n");
      raw("Transfer-Encoding: chunked\r\n\r\n");
    }

    void send(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      raw(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
    }

    void end() throws IOException {
      raw("0\r\n\r\n");
    }

    void lines(String... lines) throws IOException {
      begin();
      for (String it : lines) {
        send(it + "\n\n");
      }
      end();
    }

    void say(String... pieces) throws IOException {
      begin();
      for (String it : pieces) {
        send(event(it) + "\n\n");
      }
      send("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":3}}\n\n");
      send("data: [DONE]\n\n");
      end();
    }

    static String event(String text) {
      return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    /** Whether the other side hangs up within that time. */
    boolean hungUp(int millis) throws IOException {
      socket.setSoTimeout(millis);
      try {
        return socket.getInputStream().read() < 0;
      } catch (SocketTimeoutException stillThere) {
        return false;
      } catch (SocketException reset) {
        return true;
      }
    }

    private void raw(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
