package dev.parley.orchestrator.s3;

import dev.parley.kit.failure.Failure;
import io.minio.ServerSideEncryption;
import io.minio.errors.MinioException;
import java.util.Map;
import java.util.Optional;

/** How an object store encrypts what it keeps: with keys of its own, or of a key management. */
final class Encryption {
  private static final String KMS = "aws:kms:";

  private Encryption() {}

  /**
   * Reads {@code AES256}, or {@code aws:kms:} and the id of a key, which is shown over TLS only.
   * Fails with INVALID_ARGUMENT that names the setting.
   */
  static Optional<ServerSideEncryption> of(Optional<String> setting, String endpoint) {
    Optional<ServerSideEncryption> read = setting.map(Encryption::read);
    if (read.isPresent() && read.get().tlsRequired() && !endpoint.startsWith("https:")) {
      throw wrong(setting.get() + " over " + endpoint, "an endpoint of https");
    }
    return read;
  }

  private static ServerSideEncryption read(String setting) {
    try {
      if (setting.equals("AES256")) {
        return new ServerSideEncryption.S3();
      }
      if (setting.startsWith(KMS) && setting.length() > KMS.length()) {
        return new ServerSideEncryption.KMS(setting.substring(KMS.length()), Map.of());
      }
    } catch (MinioException e) {
      throw wrong(setting, "AES256 or aws:kms:KEY").causedBy(e);
    }
    throw wrong(setting, "AES256 or aws:kms:KEY");
  }

  private static Failure wrong(String is, String expected) {
    return Failure.invalid("orchestrator.s3-encryption", is + " (expected " + expected + ")");
  }
}
