package dev.parley.mesh.tls;

import dev.parley.kit.tls.MeshTls;
import dev.parley.kit.tls.Spiffe;
import dev.parley.mesh.tls.Authority.Leaf;
import dev.parley.mesh.tls.Authority.Name;
import dev.parley.mesh.tls.Authority.Name.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Certificates of all processes, each in a folder of its own. A pair is written beside the old one
 * and shown by turning one link, as Kubernetes does, so that nobody ever reads half of it. Not for
 * use by several threads.
 */
public final class Certificates {
  /** How long one is good. Browsers refuse more than 398 days; they are renewed long before. */
  public static final Duration LIFE = Duration.ofDays(14);

  private static final String NOW = "..data";

  private final Authority authority;
  private final Path folder;

  /** Writes into folders below that one. */
  public Certificates(Authority authority, Path folder) {
    this.authority = authority;
    this.folder = folder;
  }

  /** A new pair for a process of ours, known by its name; where it lies. */
  public Path service(String name) {
    return show(name, List.of(new Name(Kind.URI, Spiffe.id(name))));
  }

  /** A new pair for the door, known by the names under which the world comes; where it lies. */
  public Path door(List<String> hosts) {
    Stream<Name> named = hosts.stream().map(it -> new Name(Kind.DNS, it));
    Stream<Name> loopback =
        Stream.of(
            new Name(Kind.DNS, "localhost"),
            new Name(Kind.IP, "127.0.0.1"),
            new Name(Kind.IP, "::1"));
    return show("door", Stream.concat(loopback, named).distinct().toList());
  }

  private Path show(String name, List<Name> names) {
    try {
      Path place = Files.createDirectories(folder.resolve(name));
      Path fresh = Files.createDirectory(place.resolve(".." + UUID.randomUUID()));
      write(fresh, authority.issue(name, names, LIFE));
      List<Path> shown = shown(place);
      Path link = place.resolve(NOW + ".new");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, fresh.getFileName());
      Files.move(link, place.resolve(NOW), StandardCopyOption.ATOMIC_MOVE);
      for (String file : List.of(MeshTls.CERTIFICATE, MeshTls.KEY, MeshTls.AUTHORITY)) {
        if (!Files.isSymbolicLink(place.resolve(file))) {
          Files.createSymbolicLink(place.resolve(file), Path.of(NOW, file));
        }
      }
      forget(place, Stream.concat(shown.stream(), Stream.of(fresh)).toList());
      return place.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("the certificate of " + name + " cannot be written", e);
    }
  }

  private void write(Path place, Leaf leaf) throws IOException {
    try {
      Pem.writeSecret(place.resolve(MeshTls.KEY), "PRIVATE KEY", leaf.key().getEncoded());
      Pem.write(place.resolve(MeshTls.CERTIFICATE), "CERTIFICATE", leaf.certificate().getEncoded());
      Pem.write(
          place.resolve(MeshTls.AUTHORITY), "CERTIFICATE", authority.certificate().getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  /** What is shown until now; somebody may be reading it. */
  private static List<Path> shown(Path place) throws IOException {
    Path now = place.resolve(NOW);
    return Files.isSymbolicLink(now)
        ? List.of(place.resolve(Files.readSymbolicLink(now)))
        : List.of();
  }

  private static void forget(Path place, List<Path> kept) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      for (Path old :
          files
              .filter(it -> Files.isDirectory(it, java.nio.file.LinkOption.NOFOLLOW_LINKS))
              .filter(it -> !kept.contains(it))
              .toList()) {
        try (Stream<Path> all = Files.walk(old)) {
          for (Path it : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(it);
          }
        }
      }
    }
  }
}
