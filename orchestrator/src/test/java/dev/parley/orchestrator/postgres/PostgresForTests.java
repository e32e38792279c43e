package dev.parley.orchestrator.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * One real server for all tests of this JVM; every call gives a database of its own, copied from
 * one that is migrated once. Databases that nobody is connected to any more are dropped on the way:
 * else the server would take half a minute to delete its folder.
 */
final class PostgresForTests {
  private static final String MIGRATED = "migrated";
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
        execute("create database " + MIGRATED);
        open(server.getJdbcUrl("postgres", MIGRATED)).close();
      }
      dropUnused();
      String name = "fresh" + databases++;
      execute("create database " + name + " template " + MIGRATED);
      return server.getJdbcUrl("postgres", name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void dropUnused() throws SQLException {
    List<String> unused = new ArrayList<>();
    try (var connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select datname from pg_stat_database"
                    + " where datname like 'fresh%' and numbackends = 0")) {
      while (rows.next()) {
        unused.add(rows.getString(1));
      }
    }
    for (String name : unused) {
      execute("drop database " + name);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
