package dev.parley.edge;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.RespondRequest;
import dev.parley.speech.v1.RecognizeRequest;
import dev.parley.speech.v1.SpeechServiceGrpc;
import io.grpc.Channel;

/** The calls that take audio as the body. */
final class Uploads {
  private Uploads() {}

  static HttpService respond(Channel conversation) {
    return new UploadRoute<>(
        conversation,
        ConversationServiceGrpc.getRespondMethod(),
        (ctx, audio, format) ->
            RespondRequest.newBuilder()
                .setCharacterId(ctx.pathParam("id"))
                .setSessionId(parameter(ctx, "session_id", "sessionId"))
                .setRequestId(parameter(ctx, "request_id", "requestId"))
                .addAllTiers(SubscribeRoute.tiers(ctx.queryParams().getAll("tiers")))
                .setAudio(audio)
                .setAudioFormat(format)
                .build());
  }

  static HttpService recognize(Channel speech) {
    return new UploadRoute<>(
        speech,
        SpeechServiceGrpc.getRecognizeMethod(),
        (ctx, audio, format) ->
            RecognizeRequest.newBuilder()
                .setLanguage(parameter(ctx, "language", "language"))
                .setAudio(audio)
                .setFormat(format)
                .build());
  }

  private static String parameter(ServiceRequestContext ctx, String original, String camel) {
    return ctx.queryParams().get(original, ctx.queryParams().get(camel, ""));
  }
}
