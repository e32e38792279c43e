package dev.parley.orchestrator.conversation;

class InMemoryMediaStoreTest extends MediaStoreContract {
  @Override
  protected MediaStore store() {
    return new InMemoryMediaStore();
  }
}
