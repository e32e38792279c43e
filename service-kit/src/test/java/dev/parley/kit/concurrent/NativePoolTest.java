package dev.parley.kit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NativePoolTest {
  @Test
  void oneMoreThanMayWaitIsRefused() throws Exception {
    try (NativePool pool = new NativePool("full", 1, 1)) {
      CountDownLatch end = new CountDownLatch(1);
      var running = pool.submit(() -> await(end));
      var waiting = pool.submit(() -> await(end));

      assertThatThrownBy(() -> pool.call(() -> await(end)))
          .isInstanceOfSatisfying(
              Failure.class, it -> assertThat(it.reason()).isEqualTo("OVERLOADED"));

      end.countDown();
      assertThat(running.get()).isTrue();
      assertThat(waiting.get()).isTrue();
    }
  }

  private static boolean await(CountDownLatch end) throws InterruptedException {
    end.await();
    return true;
  }
}
