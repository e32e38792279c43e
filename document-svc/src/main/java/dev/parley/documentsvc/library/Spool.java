package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/**
 * Takes an upload piece by piece into a file beside the others, so that memory does not grow with
 * it, and hashes it on the way. The files are scratch: a new start empties the folder.
 */
final class Spool {
  /** Largest file in bytes. */
  static final long MAX_BYTES = 512L << 20;

  /**
   * A file as it came.
   *
   * @param sha256 64 lower-case hexadecimal digits
   */
  record Kept(Path path, long size, String sha256, Format format) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Path folder;

  Spool(Path folder) {
    this.folder = folder;
  }

  /** Takes all pieces. Fails with TOO_LARGE, DOCUMENT_UNREADABLE. */
  Kept take(String name, Iterator<byte[]> pieces) {
    Path path = null;
    try {
      path = Files.createTempFile(folder, "upload", "");
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      long size = copy(pieces, path, hash);
      Format format = Formats.of(path, name);
      return new Kept(path, size, HexFormat.of().formatHex(hash.digest()), format);
    } catch (IOException e) {
      discard(path);
      throw Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "no room for the upload; try again")
          .causedBy(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      discard(path);
      throw e;
    }
  }

  private static long copy(Iterator<byte[]> pieces, Path path, MessageDigest hash)
      throws IOException {
    long size = 0;
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(path), hash)) {
      while (pieces.hasNext()) {
        byte[] piece = pieces.next();
        size += piece.length;
        if (size > MAX_BYTES) {
          throw Failure.of(
              Code.RESOURCE_EXHAUSTED,
              "TOO_LARGE",
              "the file is larger than 512 MB (expected 512 MB at most)");
        }
        out.write(piece);
      }
    }
    if (size == 0) {
      throw Formats.unreadable("the file is empty");
    }
    return size;
  }

  private static void discard(Path path) {
    try {
      if (path != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
