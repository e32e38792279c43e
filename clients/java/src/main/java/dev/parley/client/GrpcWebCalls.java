package dev.parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.ServerEvent;
import dev.parley.conversation.v1.SubscribeRequest;
import io.grpc.MethodDescriptor;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** gRPC-Web in its binary form over HTTP/1.1: frames of a flag, a length and a message. */
final class GrpcWebCalls implements Calls {
  private static final int TRAILERS = 0x80;
  private final Wire wire;

  GrpcWebCalls(Wire wire) {
    this.wire = wire;
  }

  @Override
  public <Q extends Message, S extends Message> S call(
      MethodDescriptor<Q, S> method, Q request, String http) {
    try (Frames frames = begin(method, request)) {
      byte[] answer =
          frames
              .next()
              .orElseThrow(() -> ParleyException.of(Code.INTERNAL_VALUE, "", "no message"));
      frames.next();
      @SuppressWarnings("unchecked") // The prototype is the method's own.
      S message = (S) RestCalls.prototype(method).getParserForType().parseFrom(answer);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw ParleyException.of(Code.INTERNAL_VALUE, "", "not what the contract says");
    }
  }

  @Override
  public Listening subscribe(SubscribeRequest request) {
    return begin(ConversationServiceGrpc.getSubscribeMethod(), request);
  }

  private Frames begin(MethodDescriptor<?, ?> method, Message request) {
    byte[] message = request.toByteArray();
    ByteBuffer frame = ByteBuffer.allocate(5 + message.length);
    frame.put((byte) 0).putInt(message.length).put(message);
    HttpResponse<InputStream> answer =
        wire.stream(
            wire.request("/" + method.getFullMethodName())
                .header("content-type", "application/grpc-web+proto")
                .header("x-grpc-web", "1")
                .POST(HttpRequest.BodyPublishers.ofByteArray(frame.array())));
    Map<String, String> headers = new HashMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    if (headers.containsKey("grpc-status")) {
      check(headers);
    } else if (answer.statusCode() != 200) {
      leave(answer.body());
      throw ParleyException.unavailable("HTTP " + answer.statusCode(), null);
    }
    return new Frames(new DataInputStream(answer.body()));
  }

  /** What a status says, in headers or in the last frame. */
  private static void check(Map<String, String> said) {
    int code = Integer.parseInt(said.getOrDefault("grpc-status", "2").strip());
    if (code == Code.OK_VALUE) {
      return;
    }
    String details = said.getOrDefault("grpc-status-details-bin", "").strip();
    try {
      throw ParleyException.of(
          details.isEmpty()
              ? Status.newBuilder().setCode(code).setMessage(message(said)).build()
              : Status.parseFrom(Base64.getDecoder().decode(details)));
    } catch (InvalidProtocolBufferException e) {
      throw ParleyException.of(code, "", message(said));
    }
  }

  private static String message(Map<String, String> said) {
    String escaped = said.getOrDefault("grpc-message", "").strip();
    return URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
  }

  static void leave(InputStream stream) {
    try {
      stream.close();
    } catch (IOException gone) {
      throw ParleyException.unavailable("the stream broke", gone);
    }
  }

  private record Frames(DataInputStream in) implements Listening {
    /** The next message; empty after the trailers of a good end. */
    Optional<byte[]> next() {
      try {
        int flag = in.readUnsignedByte();
        byte[] frame = in.readNBytes(in.readInt());
        if ((flag & TRAILERS) == 0) {
          return Optional.of(frame);
        }
        Map<String, String> trailers = new HashMap<>();
        new String(frame, UTF_8)
            .lines()
            .map(line -> line.split(":", 2))
            .filter(pair -> pair.length == 2)
            .forEach(pair -> trailers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].strip()));
        check(trailers);
        return Optional.empty();
      } catch (IOException e) {
        throw ParleyException.unavailable("the stream broke", e);
      }
    }

    @Override
    public boolean read(Consumer<ServerEvent> into) {
      Optional<byte[]> message = next();
      if (message.isEmpty()) {
        return false;
      }
      try {
        into.accept(ServerEvent.parseFrom(message.get()));
        return true;
      } catch (InvalidProtocolBufferException e) {
        throw ParleyException.of(Code.INTERNAL_VALUE, "", "not what the contract says");
      }
    }

    @Override
    public void close() {
      leave(in);
    }
  }
}
