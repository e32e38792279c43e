package dev.parley.memorysvc.recollection;

class InMemoryRecentTurnsTest extends RecentTurnsContract {
  @Override
  protected RecentTurns open() {
    return new InMemoryRecentTurns();
  }
}
