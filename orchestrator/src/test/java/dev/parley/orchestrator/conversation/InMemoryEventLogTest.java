package dev.parley.orchestrator.conversation;

class InMemoryEventLogTest extends EventLogContract {
  @Override
  protected EventLog log(long mediaBytes, int numbers) {
    return new InMemoryEventLog(mediaBytes, numbers);
  }
}
