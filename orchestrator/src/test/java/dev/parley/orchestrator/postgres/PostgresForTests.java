package dev.parley.orchestrator.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One real server for all tests of this JVM; every call gives a database of its own. */
final class PostgresForTests {
  private static EmbeddedPostgres server;
  private static int databases;

  private PostgresForTests() {}

  static PostgresDatabase fresh() {
    return open(freshUrl());
  }

  static PostgresDatabase open(String url) {
    return PostgresDatabase.open(url, "postgres", "", 4);
  }

  /** The JDBC address of a new database. */
  static synchronized String freshUrl() {
    try {
      if (server == null) {
        server = EmbeddedPostgres.builder().start();
      }
      String name = "fresh" + databases++;
      try (var connection = server.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + name);
      }
      return server.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
