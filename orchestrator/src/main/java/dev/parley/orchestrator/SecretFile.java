package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Seal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of this installation: 32 bytes in base64, in a file that only its owner reads. */
final class SecretFile {
  private SecretFile() {}

  /** Reads it; makes it when there is none. Fails with INVALID_ARGUMENT that names the setting. */
  static byte[] open(String path) {
    Path file = Path.of(path).toAbsolutePath();
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] secret = Base64.getDecoder().decode(Files.readString(file).strip());
      if (secret.length != Seal.KEY_BYTES) {
        throw wrong(path, secret.length + " bytes");
      }
      return secret;
    } catch (IOException e) {
      throw wrong(path, "cannot be read or made").causedBy(e);
    } catch (IllegalArgumentException e) {
      throw wrong(path, "is no base64");
    }
  }

  /** Written whole before it has its name, so that two who start at once see the same one. */
  private static void make(Path file) throws IOException {
    byte[] secret = new byte[Seal.KEY_BYTES];
    new SecureRandom().nextBytes(secret);
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            ".secret",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(secret) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException another) {
      // Who was faster made the one that counts.
      return;
    } finally {
      Files.delete(draft);
    }
  }

  private static Failure wrong(String path, String what) {
    return Failure.invalid(
        "identity.secret-file", path + " " + what + " (expected 32 bytes in base64)");
  }
}
