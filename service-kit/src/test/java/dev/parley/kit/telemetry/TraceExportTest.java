package dev.parley.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TraceExportTest {
  @Test
  void spansReachACollectorThatSpeaksOtlpOverHttp() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          received.add(new String(body, StandardCharsets.ISO_8859_1));
        });
    collector.start();
    try {
      try (var export = TraceExport.begin(at(collector.getAddress().getPort()), "parley-test")) {
        Traces.begin("turn").end();
      }
      assertThat(received.poll(10, TimeUnit.SECONDS)).contains("turn", "parley-test");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void aCollectorThatIsGoneLosesSpansAndNothingElse() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (var export = TraceExport.begin(at(free), "parley-test")) {
      for (int i = 0; i < 10_000; i++) {
        Traces.begin("turn").end();
      }
    }
    assertThat(Traces.begin("after").getSpanContext().isValid()).isFalse();
  }

  private static URI at(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
