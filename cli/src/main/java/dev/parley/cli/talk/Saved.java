package dev.parley.cli.talk;

import dev.parley.conversation.v1.ConversationServiceGrpc;
import dev.parley.conversation.v1.DownloadTurnMediaRequest;
import dev.parley.conversation.v1.DownloadTurnMediaResponse;
import dev.parley.conversation.v1.TurnMedia;
import io.grpc.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** Media of a turn in a file. The file is there whole or not at all. */
final class Saved {
  private Saved() {}

  /**
   * Downloads what a turn left.
   *
   * @throws UncheckedIOException when the file cannot be written; what was there before stays
   */
  static void media(Channel channel, String turnId, TurnMedia media, Path file) {
    var request = DownloadTurnMediaRequest.newBuilder().setTurnId(turnId).setMedia(media).build();
    var chunks =
        ConversationServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(5, TimeUnit.MINUTES)
            .downloadTurnMedia(request);
    chunks.hasNext(); // Fails here, before any file is touched, when there is no such media.
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      write(chunks, part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e, e);
    } finally {
      part.toFile().delete();
    }
  }

  private static void write(Iterator<DownloadTurnMediaResponse> chunks, Path to)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      while (chunks.hasNext()) {
        chunks.next().getData().writeTo(out);
      }
    }
  }
}
