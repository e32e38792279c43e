package dev.parley.client;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Code;
import com.google.rpc.ErrorDetailsProto;
import com.google.rpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** HTTP to one server, with who calls in every request. Thread-safe. */
final class Wire implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final JsonFormat.Parser JSON =
      JsonFormat.parser()
          .ignoringUnknownFields()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(ErrorDetailsProto.getDescriptor().getMessageTypes())
                  .build());

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String credential;

  Wire(URI base, String credential) {
    this.base = base;
    this.credential = credential;
  }

  HttpClient http() {
    return http;
  }

  String credential() {
    return credential;
  }

  URI uri(String path) {
    return URI.create(base.toString().replaceAll("/$", "") + path);
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    return credential.isEmpty() ? request : request.header("authorization", "Bearer " + credential);
  }

  HttpResponse<byte[]> whole(HttpRequest.Builder request) {
    return send(request.timeout(LIMIT), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<InputStream> stream(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> how) {
    try {
      return http.send(request.build(), how);
    } catch (IOException e) {
      throw ParleyException.unavailable(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ParleyException.unavailable("interrupted", e);
    }
  }

  static <B extends Message.Builder> B parse(String json, B into) {
    try {
      JSON.merge(json, into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw ParleyException.of(Code.INTERNAL_VALUE, "", "not what the contract says: " + json);
    }
  }

  static String print(Message message) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What a body of {@code google.rpc.Status} in JSON says. */
  static ParleyException refusal(int http, String body) {
    if (!body.startsWith("{")) {
      return ParleyException.unavailable("HTTP " + http + " " + body, null);
    }
    return ParleyException.of(parse(body, Status.newBuilder()).build());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
