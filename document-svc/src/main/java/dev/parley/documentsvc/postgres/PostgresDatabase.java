package dev.parley.documentsvc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Retry;
import dev.parley.kit.postgres.Faults;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The documents' schema in a PostgreSQL database, migrated when it is opened. Every statement says
 * whose rows it is about. Thread-safe; a connection is waited for at most 2 seconds and an answer
 * at most 10; lost connections are made anew, and what was lost with one is done again for 3
 * seconds.
 */
public final class PostgresDatabase implements AutoCloseable {
  private static final String SCHEMA = "document";

  /** Owns no table, and sees of each only the rows of the organisation that is named. */
  private static final String ROLE = "parley_document";

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Retry retry;

  private PostgresDatabase(HikariDataSource pool, Retry retry) {
    this.pool = pool;
    this.retry = retry;
    this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
  }

  /**
   * Migrates and connects.
   *
   * @param url a JDBC address
   * @param connections most connections open at once
   * @throws Failure STORE_FAILED when it is not there or cannot be migrated
   */
  public static PostgresDatabase open(String url, String user, String password, int connections) {
    return open(url, user, password, connections, Retry.STORE);
  }

  static PostgresDatabase open(
      String url, String user, String password, int connections, Retry retry) {
    try {
      Flyway.configure()
          .dataSource(url, user, password)
          .schemas(SCHEMA)
          .defaultSchema(SCHEMA)
          .createSchemas(true)
          .locations("classpath:db/document")
          .load()
          .migrate();
      return new PostgresDatabase(
          new HikariDataSource(config(url, user, password, connections)), retry);
    } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      throw Faults.failure(e);
    }
  }

  private static HikariConfig config(String url, String user, String password, int connections) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setSchema(SCHEMA);
    config.setConnectionInitSql("set role " + ROLE);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
    config.setPoolName("document-postgres");
    config.addDataSourceProperty("connectTimeout", "2");
    config.addDataSourceProperty("socketTimeout", "10");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    return config;
  }

  /** The pool, with the schema as its default. It stays this object's. */
  public javax.sql.DataSource pool() {
    return pool;
  }

  /** Throws when it does not answer. */
  public void ping() {
    once(handle -> handle.select("select 1").mapTo(Integer.class).one());
  }

  /**
   * Runs statements in one transaction that sees and changes rows of that organisation only; again
   * when the connection was lost or the server is starting, so they must bear being done twice.
   * Fails with STORE_FAILED.
   */
  <T> T in(String organisation, HandleCallback<T, RuntimeException> statements) {
    return with(handle -> {
      handle
          .select("select set_config('parley.organisation', ?, true)", organisation)
          .mapTo(String.class)
          .one();
      return statements.withHandle(handle);
    });
  }

  /**
   * The same over the rows of all organisations: only to find something by its secret, and to list
   * what background work has left to do.
   */
  <T> T everywhere(HandleCallback<T, RuntimeException> statements) {
    return with(handle -> {
      handle.execute("set local role " + ROLE + "_keeper");
      return statements.withHandle(handle);
    });
  }

  /** The same over rows of no organisation. */
  <T> T with(HandleCallback<T, RuntimeException> statements) {
    return retry.run(() -> once(statements), Faults::passes);
  }

  private <T> T once(HandleCallback<T, RuntimeException> statements) {
    try {
      return jdbi.inTransaction(statements);
    } catch (JdbiException e) {
      throw Faults.failure(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
