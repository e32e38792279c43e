package dev.parley.orchestrator.character;

class InMemoryCharacterStoreTest extends CharacterStoreContract {
  @Override
  protected CharacterStore store() {
    return new InMemoryCharacterStore();
  }
}
