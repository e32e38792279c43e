package dev.parley.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.tls.Spiffe;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final InstantSource CLOCK = InstantSource.system();
  @TempDir private Path folder;

  @Test
  void aCertificateBearsTheNameOfItsServiceAndIsSignedByTheAuthority() throws Exception {
    Authority authority = Authority.in(folder, CLOCK);
    Path place = new Certificates(authority, folder).service("speech");
    X509Certificate certificate = read(place.resolve("tls.crt"));
    certificate.verify(authority.certificate().getPublicKey());
    assertThat(Spiffe.service(certificate)).contains("speech");
    assertThat(read(place.resolve("ca.crt"))).isEqualTo(authority.certificate());
  }

  @Test
  void theDoorIsKnownByLoopbackAndByItsOwnNames() throws Exception {
    Path place =
        new Certificates(Authority.in(folder, CLOCK), folder).door(List.of("parley.example"));
    X509Certificate door = read(place.resolve("tls.crt"));
    assertThat(door.getSubjectAlternativeNames().stream().map(it -> it.get(1).toString()))
        .contains("localhost", "127.0.0.1", "parley.example");
    assertThat(door.getNotAfter().toInstant())
        .isBefore(Instant.now().plus(Certificates.LIFE).plusSeconds(60));
  }

  @Test
  void aNewPairIsShownByTurningOneLink() throws Exception {
    Certificates certificates = new Certificates(Authority.in(folder, CLOCK), folder);
    Path place = certificates.service("speech");
    X509Certificate first = read(place.resolve("tls.crt"));
    Path link = Files.readSymbolicLink(place.resolve("..data"));
    assertThat(certificates.service("speech")).isEqualTo(place);
    assertThat(read(place.resolve("tls.crt"))).isNotEqualTo(first);
    assertThat(Files.readSymbolicLink(place.resolve("..data"))).isNotEqualTo(link);
    certificates.service("speech");
    assertThat(place.resolve(link)).as("the pair before the last").doesNotExist();
  }

  @Test
  void theAuthorityIsMadeOnceAndItsKeyIsForItsOwnerAlone() throws Exception {
    X509Certificate first = Authority.in(folder, CLOCK).certificate();
    assertThat(Authority.in(folder, CLOCK).certificate()).isEqualTo(first);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("ca.key"))))
        .isEqualTo("rw-------");
  }

  private static X509Certificate read(Path file) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }
}
