package dev.parley.mesh.tls;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The certificate authority of one machine, made once and kept in a folder that only its owner
 * reads. Elliptic curve P-256, SHA-256. Not for use by several threads.
 */
public final class Authority {
  private static final Duration LIFE = Duration.ofDays(3650);

  /** Clocks of clients may be behind. */
  private static final Duration BEFORE = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final InstantSource clock;

  private Authority(X509Certificate certificate, PrivateKey key, InstantSource clock) {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
  }

  /**
   * The authority in a folder, made when there is none.
   *
   * @throws Failure FAILED_PRECONDITION when the folder cannot be read or written
   */
  public static Authority in(Path folder, InstantSource clock) {
    try {
      Path certificate = folder.resolve("ca.crt");
      Path key = folder.resolve("ca.key");
      if (!Files.exists(certificate) || !Files.exists(key)) {
        Files.createDirectories(folder);
        KeyPair pair = pair();
        Pem.writeSecret(key, "PRIVATE KEY", pair.getPrivate().getEncoded());
        Pem.write(certificate, "CERTIFICATE", root(pair, clock.instant()).getEncoded());
      }
      return new Authority(readCertificate(certificate), readKey(key), clock);
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw Failure.of(
              Failure.Code.FAILED_PRECONDITION,
              "STORE_FAILED",
              "the certificate authority in " + folder + " cannot be used: " + e.getMessage())
          .causedBy(e);
    }
  }

  /** Its own certificate, for whoever is to believe it. */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * A new pair.
   *
   * @param names as {@code URI}, {@code DNS} or {@code IP} and the name
   */
  public Leaf issue(String subject, List<Name> names, Duration life) {
    try {
      KeyPair pair = pair();
      X509v3CertificateBuilder builder =
          builder(
              new X500Name("CN=" + subject),
              new JcaX509CertificateHolder(certificate).getSubject(),
              pair,
              clock.instant(),
              life);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              names.stream()
                  .map(it -> new GeneralName(it.kind().tag, it.text()))
                  .toArray(GeneralName[]::new)));
      return new Leaf(signed(builder, key), pair.getPrivate());
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate for " + subject, e);
    }
  }

  /** A certificate and its key. */
  public record Leaf(X509Certificate certificate, PrivateKey key) {}

  /** What a certificate is good for. */
  public record Name(Kind kind, String text) {
    /** Kinds of names, RFC 5280, 4.2.1.6. */
    public enum Kind {
      /** As {@code spiffe://parley/speech}. */
      URI(GeneralName.uniformResourceIdentifier),
      /** As {@code localhost}. */
      DNS(GeneralName.dNSName),
      /** As {@code 127.0.0.1}. */
      IP(GeneralName.iPAddress);

      private final int tag;

      Kind(int tag) {
        this.tag = tag;
      }
    }
  }

  private static X509Certificate root(KeyPair pair, Instant now)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X500Name name = new X500Name("CN=Parley on this machine");
    X509v3CertificateBuilder builder = builder(name, name, pair, now, LIFE);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return signed(builder, pair.getPrivate());
  }

  private static X509v3CertificateBuilder builder(
      X500Name subject, X500Name issuer, KeyPair pair, Instant now, Duration life) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(127, RANDOM),
        Date.from(now.minus(BEFORE)),
        Date.from(now.plus(life)),
        subject,
        pair.getPublic());
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    X509CertificateHolder holder =
        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      return new JcaX509CertificateConverter()
          .getCertificate((X509CertificateHolder) parser.readObject());
    }
  }

  private static PrivateKey readKey(Path file) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      return new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) parser.readObject());
    }
  }
}
