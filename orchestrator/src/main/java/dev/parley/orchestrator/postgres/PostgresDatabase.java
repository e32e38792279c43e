package dev.parley.orchestrator.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The orchestrator's schema in a PostgreSQL database, migrated when it is opened. Thread-safe; a
 * connection is waited for at most 3 seconds, and lost ones are made anew.
 */
public final class PostgresDatabase implements AutoCloseable {
  private static final String SCHEMA = "orchestrator";

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /**
   * Migrates and connects.
   *
   * @param url a JDBC address
   * @param connections most connections open at once
   * @throws Failure STORE_FAILED when it is not there or cannot be migrated
   */
  public static PostgresDatabase open(String url, String user, String password, int connections) {
    try {
      Flyway.configure()
          .dataSource(url, user, password)
          .schemas(SCHEMA)
          .defaultSchema(SCHEMA)
          .createSchemas(true)
          .locations("classpath:db/orchestrator")
          .load()
          .migrate();
      return new PostgresDatabase(new HikariDataSource(config(url, user, password, connections)));
    } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
      throw failed(e);
    }
  }

  private static HikariConfig config(String url, String user, String password, int connections) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
    config.setPoolName("orchestrator-postgres");
    return config;
  }

  /** Whether it answers, for health. */
  public boolean answers() {
    try {
      return with(handle -> handle.select("select 1").mapTo(Integer.class).one()) == 1;
    } catch (Failure e) {
      return false;
    }
  }

  /** Runs statements in one transaction. */
  <T> T with(HandleCallback<T, RuntimeException> statements) {
    try {
      return jdbi.inTransaction(statements);
    } catch (JdbiException e) {
      throw failed(e);
    }
  }

  private static Failure failed(Exception cause) {
    return Failure.of(Code.UNAVAILABLE, "STORE_FAILED", "postgres did not do it; try again")
        .retryAfter(Duration.ofSeconds(1))
        .causedBy(cause);
  }

  @Override
  public void close() {
    pool.close();
  }
}
