package dev.parley.edge;

import com.linecorp.armeria.server.HttpService;
import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.DownloadTurnMediaRequest;
import dev.parley.conversation.v1.DownloadTurnMediaResponse;
import dev.parley.conversation.v1.TurnMedia;
import dev.parley.document.v1.DocumentServiceGrpc;
import dev.parley.document.v1.DownloadDocumentRequest;
import dev.parley.document.v1.DownloadDocumentResponse;
import dev.parley.render.v1.AvatarPart;
import dev.parley.render.v1.DownloadAvatarRequest;
import dev.parley.render.v1.DownloadAvatarResponse;
import dev.parley.render.v1.RenderServiceGrpc;
import io.grpc.Channel;

/** The downloads of the contracts as routes; the path gives {@code id}. */
final class Downloads {
  private Downloads() {}

  static HttpService turn(Channel conversation, TurnMedia media) {
    return new MediaRoute<>(
        conversation,
        ctx ->
            new Download<>(
                ConversationServiceGrpc.getDownloadTurnMediaMethod(),
                (offset, length) ->
                    DownloadTurnMediaRequest.newBuilder()
                        .setTurnId(ctx.pathParam("id"))
                        .setMedia(media)
                        .setOffset(offset)
                        .setLength(length)
                        .build(),
                Downloads::chunk));
  }

  static HttpService avatar(Channel render, AvatarPart part) {
    return new MediaRoute<>(
        render,
        ctx ->
            new Download<>(
                RenderServiceGrpc.getDownloadAvatarMethod(),
                (offset, length) ->
                    DownloadAvatarRequest.newBuilder()
                        .setAvatarId(ctx.pathParam("id"))
                        .setPart(part)
                        .setOffset(offset)
                        .setLength(length)
                        .build(),
                Downloads::chunk));
  }

  static HttpService document(Channel documents) {
    return new MediaRoute<>(
        documents,
        ctx ->
            new Download<>(
                DocumentServiceGrpc.getDownloadDocumentMethod(),
                (offset, length) ->
                    DownloadDocumentRequest.newBuilder()
                        .setDocumentId(ctx.pathParam("id"))
                        .setOffset(offset)
                        .setLength(length)
                        .build(),
                Downloads::chunk));
  }

  private static Download.Chunk chunk(DownloadDocumentResponse answer) {
    var header = answer.getHeader();
    return new Download.Chunk(
        answer.getData(),
        header.getSizeBytes(),
        header.getContentType(),
        header.getSha256(),
        header.getFileName());
  }

  private static Download.Chunk chunk(DownloadTurnMediaResponse answer) {
    return new Download.Chunk(
        answer.getData(), answer.getTotalBytes(), answer.getContentType(), "", "");
  }

  private static Download.Chunk chunk(DownloadAvatarResponse answer) {
    return new Download.Chunk(
        answer.getData(), answer.getTotalBytes(), answer.getContentType(), answer.getEtag(), "");
  }
}
