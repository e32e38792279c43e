package dev.parley.kit.tls;

import io.grpc.util.AdvancedTlsX509TrustManager.SslSocketAndEnginePeerVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * Refuses certificates that bear another name than expected, though the authority signed them.
 *
 * @param expected empty for any name of ours
 */
record NamedPeer(List<String> expected) implements SslSocketAndEnginePeerVerifier {
  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    verify(chain);
  }

  @Override
  public void verifyPeerCertificate(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    verify(chain);
  }

  private void verify(X509Certificate[] chain) throws CertificateException {
    Optional<String> name = Spiffe.service(chain[0]);
    if (name.isEmpty() || !(expected.isEmpty() || expected.contains(name.get()))) {
      throw new CertificateException(
          "the other end is " + name.orElse("nobody of ours") + " (expected " + expected + ")");
    }
  }
}
