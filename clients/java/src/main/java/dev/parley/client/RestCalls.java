package dev.parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import io.grpc.MethodDescriptor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** JSON up, server-sent events down. */
final class RestCalls implements Calls {
  private final Wire wire;

  RestCalls(Wire wire) {
    this.wire = wire;
  }

  @Override
  public <Q extends Message, S extends Message> S call(
      MethodDescriptor<Q, S> method, Q request, String http) {
    String[] verbAndPath = http.split(" ", 2);
    boolean body = verbAndPath[0].equals("POST") || verbAndPath[0].equals("PATCH");
    HttpResponse<byte[]> answer =
        wire.whole(
            wire.request(verbAndPath[1])
                .header("content-type", "application/json")
                .method(
                    verbAndPath[0],
                    body
                        ? HttpRequest.BodyPublishers.ofString(Wire.print(request))
                        : HttpRequest.BodyPublishers.noBody()));
    String text = new String(answer.body(), UTF_8);
    if (answer.statusCode() != 200) {
      throw Wire.refusal(answer.statusCode(), text);
    }
    Message.Builder into = prototype(method).newBuilderForType();
    @SuppressWarnings("unchecked") // The prototype is the method's own.
    S message = (S) Wire.parse(text, into).build();
    return message;
  }

  static Message prototype(MethodDescriptor<?, ?> method) {
    return (Message)
        ((MethodDescriptor.PrototypeMarshaller<?>) method.getResponseMarshaller())
            .getMessagePrototype();
  }

  @Override
  public Listening subscribe(SubscribeRequest request) {
    String tiers = request.getTiersList().stream().map(Enum::name).collect(Collectors.joining(","));
    String path =
        "/v1/sessions/"
            + request.getSessionId()
            + ":subscribe?after_seq="
            + request.getAfterSeq()
            + (request.getClientId().isEmpty() ? "" : "&client_id=" + request.getClientId())
            + (tiers.isEmpty() ? "" : "&tiers=" + tiers);
    HttpResponse<InputStream> answer = wire.stream(wire.request(path));
    try {
      if (answer.statusCode() != 200) {
        throw Wire.refusal(answer.statusCode(), new String(answer.body().readAllBytes(), UTF_8));
      }
    } catch (IOException e) {
      throw ParleyException.unavailable("the stream broke", e);
    }
    return new Sse(answer.body(), new BufferedReader(new InputStreamReader(answer.body(), UTF_8)));
  }

  /** Lines of {@code event:} and {@code data:}; {@code event: status} is the last of a stream. */
  private record Sse(InputStream wire, BufferedReader lines) implements Listening {
    @Override
    public boolean read(Consumer<ServerEvent> into) {
      try {
        boolean over = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          over |= line.equals("event: status");
          if (line.startsWith("data: ")) {
            return over ? end(line.substring(6)) : event(line.substring(6), into);
          }
        }
      } catch (IOException e) {
        throw ParleyException.unavailable("the stream broke", e);
      }
      throw ParleyException.unavailable("the stream broke", null);
    }

    private static boolean event(String json, Consumer<ServerEvent> into) {
      into.accept(Wire.parse(json, ServerEvent.newBuilder()).build());
      return true;
    }

    private static boolean end(String json) {
      Status status = Wire.parse(json, Status.newBuilder()).build();
      if (status.getCode() != Code.OK_VALUE) {
        throw ParleyException.of(status);
      }
      return false;
    }

    @Override
    public void close() {
      GrpcWebCalls.leave(wire); // Not the reader: it is locked by whoever reads.
    }
  }
}
