package dev.parley.memorysvc.vectors;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets many change a collection at once, and the renewal of its vectors alone for short steps. In
 * one process.
 */
final class Turnstile {
  private final Map<CollectionKey, ReentrantReadWriteLock> locks = new ConcurrentHashMap<>();

  <T> T together(CollectionKey key, Supplier<T> work) {
    return holding(lock(key).readLock(), work);
  }

  <T> T alone(CollectionKey key, Supplier<T> work) {
    return holding(lock(key).writeLock(), work);
  }

  private ReentrantReadWriteLock lock(CollectionKey key) {
    return locks.computeIfAbsent(key, it -> new ReentrantReadWriteLock());
  }

  private static <T> T holding(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
