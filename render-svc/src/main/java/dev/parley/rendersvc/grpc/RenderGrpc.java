package dev.parley.rendersvc.grpc;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.stream.ServerStreams;
import dev.parley.render.v1.AnimateRequest;
import dev.parley.render.v1.AnimateResponse;
import dev.parley.render.v1.Avatar;
import dev.parley.render.v1.DownloadAvatarRequest;
import dev.parley.render.v1.DownloadAvatarResponse;
import dev.parley.render.v1.ListAvatarsRequest;
import dev.parley.render.v1.ListAvatarsResponse;
import dev.parley.render.v1.RenderServiceGrpc;
import dev.parley.rendersvc.avatar.AvatarShelf;
import dev.parley.rendersvc.video.FilmEncoders;
import io.grpc.stub.StreamObserver;

/** The render service's calls, translated. */
public final class RenderGrpc extends RenderServiceGrpc.RenderServiceImplBase {
  private final AvatarShelf avatars;
  private final NativePool pool;
  private final FilmEncoders encoders;

  public RenderGrpc(AvatarShelf avatars, NativePool pool, FilmEncoders encoders) {
    this.avatars = avatars;
    this.pool = pool;
    this.encoders = encoders;
  }

  @Override
  public StreamObserver<AnimateRequest> animate(StreamObserver<AnimateResponse> responses) {
    return ServerStreams.bidi(
        responses, (in, out) -> new AnimateStream(avatars, pool, encoders, in, out).run());
  }

  @Override
  public void listAvatars(
      ListAvatarsRequest request, StreamObserver<ListAvatarsResponse> responses) {
    ListAvatarsResponse.Builder list = ListAvatarsResponse.newBuilder();
    for (String id : avatars.ids()) {
      AvatarFile file = AvatarFile.of(avatars.model(id));
      list.addAvatars(
          Avatar.newBuilder()
              .setId(id)
              .setDisplayName(Character.toUpperCase(id.charAt(0)) + id.substring(1))
              .setModelBytes(file.bytes())
              .setEtag(file.etag()));
    }
    responses.onNext(list.build());
    responses.onCompleted();
  }

  @Override
  public void downloadAvatar(
      DownloadAvatarRequest request, StreamObserver<DownloadAvatarResponse> responses) {
    ServerStreams.stream(responses, out -> new AvatarDownload(avatars, request).sendTo(out));
  }
}
