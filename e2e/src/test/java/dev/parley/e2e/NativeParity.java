package dev.parley.e2e;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.GetCharacterRequest;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.SubscribeRequest;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.GetDocumentRequest;
import dev.parley.kit.failure.Failures;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The same odd calls over native gRPC: the code and the reason of what is refused. */
final class NativeParity {
  private static final Map<String, Consumer<Channel>> CALLS = new LinkedHashMap<>();

  static {
    CALLS.put("nobody", it -> character(it, "nobody"));
    CALLS.put("an id too long", it -> character(it, "a".repeat(300)));
    CALLS.put("a page too large", NativeParity::list);
    CALLS.put("no method", it -> unknown(it, "parley.character.v1.CharacterService/Nothing"));
    CALLS.put("no service", it -> unknown(it, "parley.nothing.v1.Nothing/Do"));
    CALLS.put("a bad token", it -> character(showing(it, "authorization", "Bearer a.b.c"), "ada"));
    CALLS.put("no token", it -> character(showing(it, "authorization", "Basic eA=="), "ada"));
    CALLS.put("a bad key", it -> character(showing(it, "x-api-key", "pk_none"), "ada"));
    CALLS.put("a foreign page", it -> character(showing(it, "origin", "https://evil.x"), "ada"));
    CALLS.put(
        "no document",
        it ->
            DocumentServiceGrpc.newBlockingStub(it)
                .getDocument(GetDocumentRequest.newBuilder().setDocumentId("none").build()));
    CALLS.put(
        "no sound",
        it ->
            SpeechServiceGrpc.newBlockingStub(it).recognize(RecognizeRequest.getDefaultInstance()));
    CALLS.put(
        "no session",
        it ->
            ConversationServiceGrpc.newBlockingStub(it)
                .subscribe(SubscribeRequest.newBuilder().setSessionId("none").build())
                .next());
  }

  private NativeParity() {}

  static List<String> differences(int one, int other) {
    List<String> differences = new ArrayList<>();
    CALLS.forEach((name, call) -> {
      String first = refusal(one, call);
      String second = refusal(other, call);
      if (!first.equals(second)) {
        differences.add("%s%n  one:   %s%n  other: %s".formatted(name, first, second));
      }
    });
    return differences;
  }

  private static String refusal(int port, Consumer<Channel> call) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      call.accept(channel);
      return "OK";
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() + " " + Failures.fromStatus(e).reason();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void character(Channel channel, String id) {
    CharacterServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .getCharacter(GetCharacterRequest.newBuilder().setCharacterId(id).build());
  }

  private static void list(Channel channel) {
    CharacterServiceGrpc.newBlockingStub(channel)
        .listCharacters(ListCharactersRequest.newBuilder().setPageSize(-1).build());
  }

  private static void unknown(Channel channel, String name) {
    MethodDescriptor<ListCharactersRequest, dev.parley.character.v1.ListCharactersResponse> method =
        CharacterServiceGrpc.getListCharactersMethod().toBuilder().setFullMethodName(name).build();
    ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT, ListCharactersRequest.getDefaultInstance());
  }

  private static Channel showing(Channel channel, String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
