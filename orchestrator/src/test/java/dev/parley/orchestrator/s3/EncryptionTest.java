package dev.parley.orchestrator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store is asked for, by one that says yes to everything and notes what it was asked. */
class EncryptionTest {
  private static final String HEADER = "x-amz-server-side-encryption";
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Test
  void everyObjectIsKeptAsTheSettingSays() throws Exception {
    assertThat(headersOf(Optional.of("AES256"))).containsExactly("AES256");
    assertThat(headersOf(Optional.empty())).containsExactly("none");
  }

  private List<String> headersOf(Optional<String> encryption) throws Exception {
    asked.clear();
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", this::yes);
    server.start();
    try {
      String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
      var store = S3MediaStore.open(endpoint, "a", "some-secret", "some-bucket", encryption);
      store.put("a", new byte[10], "audio/wav");
    } finally {
      server.stop(0);
    }
    return List.copyOf(asked);
  }

  private void yes(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      var headers = exchange.getRequestHeaders();
      asked.add(Optional.ofNullable(headers.getFirst(HEADER)).orElse("none"));
      boolean signed = headers.getFirst("authorization").contains(HEADER);
      assertThat(signed).isEqualTo(headers.containsKey(HEADER));
    }
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("etag", "\"0\"");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aes", "aws:kms", "aws:kms:", ""})
  void anythingElseIsRefusedWithTheSetting(String setting) {
    assertThatThrownBy(() -> Encryption.of(Optional.of(setting), "https://store"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("orchestrator.s3-encryption")
        .hasMessageContaining("expected AES256 or aws:kms:KEY");
  }

  @Test
  void theIdOfAKeyIsShownOverTlsOnly() {
    assertThat(Encryption.of(Optional.of("aws:kms:mine"), "https://store")).isPresent();
    assertThatThrownBy(() -> Encryption.of(Optional.of("aws:kms:mine"), "http://store"))
        .hasMessageContaining("expected an endpoint of https");
  }
}
