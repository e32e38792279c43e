package dev.parley.orchestrator.postgres;

import dev.parley.orchestrator.character.CharacterStore;
import dev.parley.orchestrator.character.CharacterStoreContract;
import org.junit.jupiter.api.AfterEach;

class PostgresCharacterStoreTest extends CharacterStoreContract {
  private final PostgresDatabase database = PostgresForTests.fresh();

  @Override
  protected CharacterStore store() {
    return new PostgresCharacterStore(database);
  }

  @AfterEach
  void close() {
    database.close();
  }
}
