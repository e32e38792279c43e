package dev.parley.e2e;

import com.google.protobuf.util.JsonFormat;
import dev.parley.standalone.Standalone;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A whole Parley on free ports with a folder of its own. */
final class Running implements AutoCloseable {
  private final Standalone parley;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ManagedChannel channel;

  private Running(Standalone parley) {
    this.parley = parley;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", parley.port())
            .usePlaintext()
            .maxInboundMessageSize(16 << 20)
            .build();
  }

  static Running on(Path folder) {
    return new Running(
        Standalone.start(
            List.of(
                "--standalone.data=" + folder,
                "--standalone.port=0",
                "--standalone.management-port=0",
                "--render.avatars-dir=" + Path.of("..", "avatars", "models")),
            Map.of()));
  }

  ManagedChannel channel() {
    return channel;
  }

  String uri(String path) {
    return "http://127.0.0.1:" + parley.port() + path;
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(uri(path)))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(uri(path))));
  }

  HttpResponse<byte[]> bytes(String path, String range) throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri(path)));
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static <T extends com.google.protobuf.Message.Builder> T parse(String json, T builder)
      throws IOException {
    JsonFormat.parser().ignoringUnknownFields().merge(json, builder);
    return builder;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    http.close();
    parley.close();
  }
}
