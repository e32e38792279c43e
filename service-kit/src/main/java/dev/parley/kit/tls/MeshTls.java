package dev.parley.kit.tls;

import dev.parley.kit.failure.Failure;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * This process's certificate among Parley's own, and whom it believes: both sides of every
 * connection show one (mutual TLS), and the name in it counts (SPIFFE), not the address. Files are
 * looked at every few seconds; what changed holds from the next connection on, those that are open
 * go on. Thread-safe.
 */
public final class MeshTls implements AutoCloseable {
  /** Files in the folder: certificate chain, private key (PKCS #8) and the authority, all PEM. */
  public static final String CERTIFICATE = "tls.crt";

  /** The private key. */
  public static final String KEY = "tls.key";

  /** The authority. */
  public static final String AUTHORITY = "ca.crt";

  private static final int LOOK_SECONDS = 5;

  private final Path folder;
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("certificates").unstarted(task));
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();

  private MeshTls(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder with the three files.
   *
   * @throws Failure FAILED_PRECONDITION when one cannot be read
   */
  public static MeshTls open(Path folder) {
    MeshTls tls = new MeshTls(folder);
    try {
      tls.keys.updateIdentityCredentials(
          tls.file(CERTIFICATE), tls.file(KEY), LOOK_SECONDS, TimeUnit.SECONDS, tls.looking);
      return tls;
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      tls.close();
      throw unreadable(folder, e);
    }
  }

  /** Our certificate and key, as they are now. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /**
   * Believes those of our authority that bear one of these names; any of ours when none is said.
   */
  public X509ExtendedTrustManager trust(List<String> names) {
    try {
      AdvancedTlsX509TrustManager trust =
          AdvancedTlsX509TrustManager.newBuilder()
              .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
              .setSslSocketAndEnginePeerVerifier(new NamedPeer(names))
              .build();
      trust.updateTrustCredentials(file(AUTHORITY), LOOK_SECONDS, TimeUnit.SECONDS, looking);
      return trust;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(folder, e);
    }
  }

  /** For a server: whoever comes shows a certificate of ours. */
  public ServerCredentials server() {
    return TlsServerCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(trust(List.of()))
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  /** For a client of that service: whoever answers bears its name. */
  public ChannelCredentials client(String service) {
    return TlsChannelCredentials.newBuilder()
        .keyManager(keys)
        .trustManager(trust(List.of(service)))
        .build();
  }

  private File file(String name) {
    return folder.resolve(name).toFile();
  }

  private static Failure unreadable(Path folder, Exception cause) {
    return Failure.of(
            Failure.Code.FAILED_PRECONDITION,
            "INVALID_ARGUMENT",
            "certificates in " + folder + " cannot be read: " + cause.getMessage())
        .causedBy(cause);
  }

  @Override
  public void close() {
    looking.shutdownNow();
  }
}
