package dev.parley.kit.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativePoolTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatComputesStandsBehindWhatPassesOn() throws IOException {
    try (NativePool pool = new NativePool("nice", 1, 1)) {
      assertThat(pool.call(NativePoolTest::niceness)).isEqualTo(Math.min(19, niceness() + 10));
    }
  }

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

  /** Field 19 of proc(5)'s {@code stat}, of the calling thread. */
  private static int niceness() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Integer.parseInt(afterName[16]);
  }
}
