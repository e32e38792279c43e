package dev.parley.orchestrator.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.parley.conversation.v1.DownloadTurnMediaRequest;
import dev.parley.conversation.v1.DownloadTurnMediaResponse;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.stream.Outbound;
import dev.parley.orchestrator.conversation.MediaStore;
import dev.parley.orchestrator.conversation.TurnMedia;
import dev.parley.orchestrator.conversation.TurnRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Media of a turn in chunks of 64 KiB, whole or a range of it. Thread-safe; blocks. */
final class MediaDownload {
  private static final int CHUNK = 65536;
  private final TurnMedia media;
  private final MediaStore store;

  MediaDownload(TurnMedia media, MediaStore store) {
    this.media = media;
    this.store = store;
  }

  /** Sends what was asked for. */
  void send(TurnRecord turn, DownloadTurnMediaRequest q, Outbound<DownloadTurnMediaResponse> out) {
    switch (q.getMedia()) {
      case TURN_MEDIA_CAPTIONS -> {
        byte[] vtt = media.captions(turn);
        int from = (int) Math.min(vtt.length, q.getOffset());
        var in = new ByteArrayInputStream(vtt, from, vtt.length - from);
        copy(in, vtt.length, "text/vtt", q.getLength(), out);
      }
      case TURN_MEDIA_VIDEO -> stored(media.video(turn), q, out);
      default -> stored(media.audio(turn), q, out);
    }
  }

  private void stored(
      String key, DownloadTurnMediaRequest q, Outbound<DownloadTurnMediaResponse> out) {
    MediaStore.Info info =
        store.stat(key).orElseThrow(() -> Failure.notFound("turn", q.getTurnId()));
    InputStream in = store.read(key, Math.min(q.getOffset(), info.size()), q.getLength());
    copy(in, info.size(), info.contentType(), q.getLength(), out);
  }

  private static void copy(
      InputStream from,
      long total,
      String type,
      long length,
      Outbound<DownloadTurnMediaResponse> out) {
    long left = length == 0 ? Long.MAX_VALUE : length;
    var answer = DownloadTurnMediaResponse.newBuilder().setTotalBytes(total).setContentType(type);
    try (from) {
      byte[] bytes = from.readNBytes((int) Math.min(left, CHUNK));
      do {
        out.send(answer.setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
        answer = DownloadTurnMediaResponse.newBuilder();
        left -= bytes.length;
        bytes = from.readNBytes((int) Math.min(left, CHUNK));
      } while (bytes.length > 0);
    } catch (IOException e) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "media could not be read")
          .causedBy(e);
    }
  }
}
