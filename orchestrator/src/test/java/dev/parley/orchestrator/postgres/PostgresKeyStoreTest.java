package dev.parley.orchestrator.postgres;

import dev.parley.orchestrator.identity.key.KeyStore;
import dev.parley.orchestrator.identity.key.KeyStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresKeyStoreTest extends KeyStoreContract {
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected KeyStore store() {
    return new PostgresKeyStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }
}
