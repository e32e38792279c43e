package dev.parley.kit.tls;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Names of Parley's processes in their certificates: {@code spiffe://parley/speech}, after the
 * SPIFFE ID standard, section 2.
 */
public final class Spiffe {
  private static final String DOMAIN = "spiffe://parley/";
  private static final int URI = 6; // of GeneralName in RFC 5280, 4.2.1.6

  private Spiffe() {}

  /** The name as it stands in a certificate. */
  public static String id(String service) {
    return DOMAIN + service;
  }

  /** Whose certificate it is; empty when it bears no name of ours. */
  public static Optional<String> service(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? Optional.empty()
          : names.stream()
              .filter(it -> it.get(0).equals(URI))
              .map(it -> it.get(1).toString())
              .filter(it -> it.startsWith(DOMAIN))
              .map(it -> it.substring(DOMAIN.length()))
              .findFirst();
    } catch (CertificateParsingException unreadable) {
      return Optional.empty();
    }
  }

  /** Who is at the other end; empty without certificate. */
  public static Optional<String> peer(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain[0] instanceof X509Certificate first ? service(first) : Optional.empty();
    } catch (SSLPeerUnverifiedException nobody) {
      return Optional.empty();
    }
  }
}
