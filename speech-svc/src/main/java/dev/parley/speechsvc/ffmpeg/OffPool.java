package dev.parley.speechsvc.ffmpeg;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.failure.Failure;

/** Frees native memory without waiting, also for a caller that was interrupted or a full pool. */
final class OffPool {

  private OffPool() {}

  static void run(NativePool calls, Runnable free) {
    try {
      calls.submit(() -> {
        free.run();
        return true;
      });
    } catch (Failure busy) {
      Thread.ofPlatform().daemon().start(free);
    }
  }
}
