package dev.parley.standalone.embedded;

import dev.parley.kit.failure.Failure;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 store in this process, on a loopback port, that keeps objects as files in a folder. Its key
 * is made anew at each start, so that only those can use it who are told.
 */
public final class ObjectStore implements AutoCloseable {
  /** Public half of the key. */
  public static final String ACCESS_KEY = "parley";

  private final S3Proxy proxy;
  private final String accessKey;
  private final String secretKey;

  private ObjectStore(S3Proxy proxy, String accessKey, String secretKey) {
    this.proxy = proxy;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** Starts it on a folder, on a free port. */
  public static ObjectStore start(Path folder) {
    return start(folder, 0, newSecret());
  }

  /** The secret half of a key that nobody has. */
  public static String newSecret() {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Starts it on a folder and a port, with the secret half of its one key. */
  public static ObjectStore start(Path folder, int port, String secretKey) {
    String accessKey = ACCESS_KEY;
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(16)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE, "STORE_FAILED", "the S3 store did not start on " + folder)
          .causedBy(e);
    }
    return new ObjectStore(proxy, accessKey, secretKey);
  }

  /** Address. */
  public String endpoint() {
    return "http://127.0.0.1:" + proxy.getPort();
  }

  /** Public half of the key. */
  public String accessKey() {
    return accessKey;
  }

  /** Secret half of the key. */
  public String secretKey() {
    return secretKey;
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 store did not stop", e);
    }
  }
}
