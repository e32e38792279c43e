package dev.parley.kit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  @Test
  void whatIsMadeForSomebodyWhoWasInterruptedIsFreed() throws Exception {
    try (NativePool pool = new NativePool("made", 1, 1)) {
      CountDownLatch makes = new CountDownLatch(1);
      CountDownLatch gone = new CountDownLatch(1);
      CountDownLatch freed = new CountDownLatch(1);
      Thread caller =
          Thread.ofVirtual()
              .start(() ->
                  assertThatThrownBy(() ->
                          pool.make(
                              () -> {
                                makes.countDown();
                                return await(gone);
                              },
                              _ -> freed.countDown()))
                      .isInstanceOf(Failure.class));
      makes.await();
      caller.interrupt();
      caller.join();
      gone.countDown();
      assertThat(freed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean await(CountDownLatch end) throws InterruptedException {
    end.await();
    return true;
  }
}
