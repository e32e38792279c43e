package dev.parley.orchestrator.identity.key;

class InMemoryKeyStoreTest extends KeyStoreContract {
  @Override
  protected KeyStore store() {
    return new InMemoryKeyStore();
  }
}
