package dev.parley.edge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The long streams that are open now, so that each can be told when the server goes away. */
final class OpenStreams {
  private final Set<Runnable> endings = ConcurrentHashMap.newKeySet();

  void add(Runnable ending) {
    endings.add(ending);
  }

  void remove(Runnable ending) {
    endings.remove(ending);
  }

  void endAll() {
    endings.forEach(Runnable::run);
  }
}
