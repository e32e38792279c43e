package dev.parley.standalone.embedded;

import dev.parley.kit.failure.Failure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * PostgreSQL as a child process on a loopback port, durable: a commit that was acknowledged
 * survives kill -9 of everything.
 */
public final class PostgresServer implements AutoCloseable {
  /** Stands beside a database that has started once. */
  private static final String MADE = "made";

  private final Path folder;
  private final Revival revival;
  private volatile EmbeddedPostgres postgres;
  private volatile long pid;

  private PostgresServer(Path folder) throws IOException {
    this.folder = folder;
    this.postgres = launched(0);
    this.revival = Revival.of("postgres", postmaster(), this::again);
  }

  /**
   * Starts it, and again whenever it ends by itself.
   *
   * @param folder holds the database and, beside it, the unpacked program
   * @throws Failure STORE_FAILED when it does not start; its log says why
   */
  public static PostgresServer start(Path folder) {
    Path data = folder.resolve("data");
    try {
      clear(folder);
      putAsideUnfinished(folder, data);
      Files.createDirectories(data);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
      var server = new PostgresServer(folder);
      Files.writeString(folder.resolve(MADE), "");
      return server;
    } catch (IOException | IllegalStateException e) {
      throw Failure.of(
              Failure.Code.UNAVAILABLE,
              "STORE_FAILED",
              "PostgreSQL did not start; its log is " + folder.resolve("postgres.log"))
          .causedBy(e);
    }
  }

  /**
   * Ends what works in the folder, then takes away the file that says so: while any process of the
   * server lives, that file alone keeps a second one from writing beside it.
   */
  private static void clear(Path folder) throws IOException {
    Orphans.end(folder, "postgres");
    if (Orphans.in(folder, "postgres").isEmpty()) {
      Files.deleteIfExists(folder.resolve("data/postmaster.pid"));
      Files.deleteIfExists(folder.resolve("data/epg-lock"));
    }
  }

  /** A first start that was killed leaves half a database, which no later start can use. */
  private static void putAsideUnfinished(Path folder, Path data) throws IOException {
    if (Files.exists(data) && !Files.exists(folder.resolve(MADE)) && !isWhole(data)) {
      Files.move(data, folder.resolve("unfinished-" + System.currentTimeMillis()));
    }
  }

  /** Written when a database is served for the first time, after it was made. */
  private static boolean isWhole(Path data) {
    return Files.exists(data.resolve("postmaster.opts"));
  }

  private synchronized ProcessHandle again() {
    try {
      EmbeddedPostgres dead = postgres;
      dead.close();
      clear(folder);
      postgres = launched(dead.getPort());
      return postmaster();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library gives the program that started it, which has ended by now. */
  private ProcessHandle postmaster() throws IOException {
    Path file = folder.resolve("data/postmaster.pid");
    long number = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    ProcessHandle process =
        ProcessHandle.of(number).orElseThrow(() -> new IOException("no process " + number));
    pid = number;
    return process;
  }

  private EmbeddedPostgres launched(int port) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("data"))
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(
                false) // It must outlive the turns that are finished at a stop.
            .setOverrideWorkingDirectory(folder.resolve("program").toFile())
            .setPGStartupWait(Duration.ofSeconds(60))
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("max_connections", "40")
            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log(folder)))
            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log(folder)));
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  /** Where it listens, on loopback. */
  public int port() {
    return postgres.getPort();
  }

  /** Number of the process that started last and has all others of the server as children. */
  public long pid() {
    return pid;
  }

  /** How often it was started again. */
  public int restarts() {
    return revival.restarts();
  }

  /** Address for JDBC, with user and database. */
  public String jdbcUrl() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() {
    revival.close();
    stop();
  }

  private synchronized void stop() {
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
