package dev.parley.rendersvc.grpc;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as it is offered for download.
 *
 * @param bytes its size
 * @param etag changes when the file does
 */
record AvatarFile(long bytes, String etag) {
  static AvatarFile of(Path file) {
    try {
      long bytes = Files.size(file);
      long changed = Files.getLastModifiedTime(file).toMillis();
      return new AvatarFile(bytes, Long.toHexString(bytes) + "-" + Long.toHexString(changed));
    } catch (IOException e) {
      throw Failure.notFound("avatar", file.getFileName().toString()).causedBy(e);
    }
  }
}
