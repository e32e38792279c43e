package dev.parley.standalone.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * PostgreSQL as a child process on a loopback port, durable: a commit that was acknowledged survives
 * kill -9 of everything.
 */
public final class PostgresServer implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private PostgresServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts it.
   *
   * @param folder holds the database and, beside it, the unpacked program
   */
  public static PostgresServer start(Path folder) {
    Path data = folder.resolve("data");
    Orphans.end(data.resolve("postmaster.pid"), "postgres");
    try {
      if (Files.exists(data)) {
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        Files.deleteIfExists(data.resolve("epg-lock"));
      } else {
        Files.createDirectories(data);
      }
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      return new PostgresServer(
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(folder.resolve("program").toFile())
              .setPGStartupWait(Duration.ofSeconds(60))
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("shared_buffers", "32MB")
              .setServerConfig("max_connections", "40")
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log(folder)))
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log(folder)))
              .start());
    } catch (IOException e) {
      throw new IllegalStateException(
          "PostgreSQL did not start (its log is " + folder.resolve("postgres.log") + ")", e);
    }
  }

  /** Address for JDBC, with user and database. */
  public String jdbcUrl() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL did not stop", e);
    }
  }

  private static java.io.File log(Path folder) {
    return folder.resolve("postgres.log").toFile();
  }
}
