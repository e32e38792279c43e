package dev.parley.documentsvc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** One PostgreSQL and one S3 server for all tests of this JVM. */
public final class Stores {
  public static final String ACCESS = "parley";
  public static final String SECRET = "secret";

  private static EmbeddedPostgres postgres;
  private static S3Proxy objects;
  private static int databases;

  private Stores() {}

  /** JDBC address of a database of its own. */
  public static synchronized String database() {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.builder().start();
      }
      String name = "fresh" + databases++;
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      return postgres.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Address of the S3 server. */
  public static synchronized String objects() {
    try {
      if (objects == null) {
        Path folder = Files.createTempDirectory("objects");
        objects =
            S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS, SECRET)
                .ignoreUnknownHeaders(true)
                .jettyMaxThreads(8)
                .build();
        objects.start();
      }
      return "http://127.0.0.1:" + objects.getPort();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
