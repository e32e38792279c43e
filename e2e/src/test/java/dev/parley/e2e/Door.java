package dev.parley.e2e;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.Status;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.StatusProto;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ways in from outside. What answers without end is left after its first message. */
enum Door {
  GRPC {
    @Override
    <Q, S> Optional<Outcome> call(
        Running at, MethodDescriptor<Q, S> method, Message message, Map<String, String> headers) {
      CompletableFuture<Outcome> end = new CompletableFuture<>();
      ClientCall<Q, S> call =
          at.channel().newCall(method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS));
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onMessage(S answer) {
              end.complete(Outcome.good(answer.toString()));
            }

            @Override
            public void onClose(io.grpc.Status status, Metadata trailers) {
              Status proto = StatusProto.fromStatusAndTrailers(status, trailers);
              end.complete(status.isOk() ? Outcome.good("") : Outcome.of(proto));
            }
          },
          metadata(headers));
      call.request(1);
      call.sendMessage(cast(message));
      call.halfClose();
      Outcome answer = end.orTimeout(30, TimeUnit.SECONDS).join();
      call.cancel("seen enough", null);
      return Optional.of(answer);
    }
  },
  GRPC_WEB {
    @Override
    <Q, S> Optional<Outcome> call(
        Running at, MethodDescriptor<Q, S> method, Message message, Map<String, String> headers) {
      if (!method.getType().clientSendsOneMessage()) {
        return Optional.empty();
      }
      byte[] bytes = message.toByteArray();
      ByteBuffer frame = ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(bytes.length);
      HttpRequest.Builder request =
          at.to("/" + method.getFullMethodName())
              .header("content-type", "application/grpc-web+proto")
              .header("x-grpc-web", "1")
              .POST(BodyPublishers.ofByteArray(frame.put(bytes).array()));
      return Optional.of(read(send(request, headers)));
    }

    private Outcome read(HttpResponse<InputStream> response) {
      try (DataInputStream body = new DataInputStream(response.body())) {
        Optional<String> status = response.headers().firstValue("grpc-status");
        if (status.isPresent()) {
          Optional<String> details = response.headers().firstValue("grpc-status-details-bin");
          return answer(status.get(), details.orElse(""));
        }
        int flag = body.read();
        byte[] first = body.readNBytes(body.readInt());
        return flag == 0
            ? Outcome.good(new String(first, StandardCharsets.UTF_8))
            : trailers(new String(first, StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    private Outcome trailers(String text) {
      return answer(value(text, "grpc-status"), value(text, "grpc-status-details-bin"));
    }

    private String value(String trailers, String name) {
      Matcher line = Pattern.compile("(?m)^" + name + ": ?(\\S*)").matcher(trailers);
      return line.find() ? line.group(1) : "";
    }

    private Outcome answer(String code, String details) {
      try {
        return code.equals("0")
            ? Outcome.good("")
            : details.isEmpty()
                ? new Outcome(Integer.parseInt(code), "", "")
                : Outcome.of(Status.parseFrom(Base64.getDecoder().decode(details)));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
  },
  REST {
    @Override
    <Q, S> Optional<Outcome> call(
        Running at, MethodDescriptor<Q, S> method, Message message, Map<String, String> headers) {
      return Everything.rest(method).map(it -> read(send(request(at, it, message), headers)));
    }

    private HttpRequest.Builder request(Running at, Everything.Rest rest, Message message) {
      HttpRequest.Builder request = at.to(filled(rest.path(), message));
      if (rest.path().startsWith("/v1/documents?")) { // a file, as it is
        return request.header("content-type", "text/plain").POST(BodyPublishers.ofString("x"));
      }
      if (!rest.body()) {
        return request.method(rest.method(), BodyPublishers.noBody());
      }
      try {
        String json = JsonFormat.printer().print(message);
        return request
            .header("content-type", "application/json")
            .method(rest.method(), BodyPublishers.ofString(json));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    /** Fields of the message in the path; what is empty is called {@link #NAMELESS}. */
    private String filled(String path, Message message) {
      return Pattern.compile("\\{(\\w+)}")
          .matcher(path)
          .replaceAll(it -> Matcher.quoteReplacement(value(message, it.group(1))));
    }

    private String value(Message message, String name) {
      FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
      String value = field == null ? "" : String.valueOf(message.getField(field));
      return value.isEmpty() ? NAMELESS : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Outcome read(HttpResponse<InputStream> response) {
      try (InputStream body = response.body()) {
        if (response.statusCode() < 300) {
          return Outcome.good(new String(body.readNBytes(2_000), StandardCharsets.UTF_8));
        }
        String json = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return Outcome.refused(response.statusCode(), json);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  };

  /** What a path says where a message names nothing. */
  static final String NAMELESS = "ada";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The answer; empty where a method has no way through this door. */
  abstract <Q, S> Optional<Outcome> call(
      Running at, MethodDescriptor<Q, S> method, Message message, Map<String, String> headers);

  static Metadata metadata(Map<String, String> headers) {
    Metadata metadata = new Metadata();
    headers.forEach((name, value) ->
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return metadata;
  }

  static HttpResponse<InputStream> send(HttpRequest.Builder request, Map<String, String> headers) {
    headers.forEach(request::header);
    try {
      return HTTP.send(
          request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <Q> Q cast(Message message) {
    return (Q) message;
  }

  /** An empty request of a method. */
  static Message empty(MethodDescriptor<?, ?> method) {
    return (Message)
        ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller())
            .getMessagePrototype();
  }
}
