package dev.parley.rendersvc.grpc;

import com.google.protobuf.ByteString;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Outbound;
import dev.parley.render.v1.AvatarPart;
import dev.parley.render.v1.DownloadAvatarRequest;
import dev.parley.render.v1.DownloadAvatarResponse;
import dev.parley.rendersvc.avatar.AvatarShelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** One download: a range of an avatar's model or picture, 64 KiB at a time. */
final class AvatarDownload {
  private static final int CHUNK = 64 << 10;

  private final String contentType;
  private final Path file;
  private final long offset;
  private final long end;
  private final AvatarFile facts;

  AvatarDownload(AvatarShelf avatars, DownloadAvatarRequest request) {
    boolean picture = request.getPart() == AvatarPart.AVATAR_PART_PICTURE;
    String id = request.getAvatarId();
    contentType = picture ? "image/png" : "model/gltf-binary";
    file = picture ? avatars.picture(id) : avatars.model(id);
    facts = AvatarFile.of(file);
    offset = request.getOffset();
    if (offset > facts.bytes()) {
      throw Failure.invalid("offset", offset + " (expected 0 to " + facts.bytes() + ")");
    }
    long left = facts.bytes() - offset;
    end = offset + (request.getLength() == 0 ? left : Math.min(left, request.getLength()));
  }

  void sendTo(Outbound<DownloadAvatarResponse> out) {
    DownloadAvatarResponse.Builder first =
        DownloadAvatarResponse.newBuilder()
            .setTotalBytes(facts.bytes())
            .setContentType(contentType)
            .setEtag(facts.etag());
    try (FileChannel channel = FileChannel.open(file)) {
      out.send(first.setData(read(channel, offset)).build());
      for (long at = offset + CHUNK; at < end; at += CHUNK) {
        out.send(DownloadAvatarResponse.newBuilder().setData(read(channel, at)).build());
      }
    } catch (IOException e) {
      throw Failure.of(Failure.Code.INTERNAL, "RENDER_FAILED", "the avatar cannot be read")
          .causedBy(e);
    }
  }

  private ByteString read(FileChannel channel, long at) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.max(0, Math.min(CHUNK, end - at)));
    while (chunk.hasRemaining() && channel.read(chunk, at + chunk.position()) > 0) {}
    return ByteString.copyFrom(chunk.flip());
  }
}
