package dev.parley.orchestrator.postgres;

import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.TurnStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresTurnStoreTest extends TurnStoreContract {
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected TurnStore turns() {
    return new PostgresTurnStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }
}
