package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets the changes of one person through one after the other; those of others mostly pass by. */
final class Turnstile {
  private final ReentrantLock[] locks = new ReentrantLock[64];

  Turnstile() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  <T> T alone(Owner owner, Supplier<T> change) {
    ReentrantLock lock = locks[Math.floorMod(owner.hashCode(), locks.length)];
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }
}
