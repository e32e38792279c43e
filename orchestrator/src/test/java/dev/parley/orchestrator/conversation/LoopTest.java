package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopTest {
  private static final long FAR = Duration.ofHours(1).toNanos();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final List<Throwable> faults = new ArrayList<>();
  private final Loop loop = new Loop(faults::add);

  @AfterEach
  void close() {
    closed.set(true);
    loop.post(() -> {});
  }

  @Test
  void everyTaskRunsOnceAndInTheOrderOfItsSender() throws Exception {
    var seen = new LinkedBlockingQueue<Integer>();
    run(() -> System.nanoTime() + FAR);
    for (int i = 0; i < 20_000; i++) {
      int number = i;
      loop.post(() -> seen.add(number));
    }
    for (int i = 0; i < 20_000; i++) {
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(i);
    }
  }

  @Test
  void whatIsNotUrgentRunsToo() throws Exception {
    var seen = new LinkedBlockingQueue<Integer>();
    run(() -> System.nanoTime() + FAR);
    for (int i = 0; i < 500; i++) {
      int number = i;
      loop.postUnhurried(() -> seen.add(number));
      if (i % 3 == 0) {
        assertThat(seen.poll(10, TimeUnit.SECONDS)).as("alone").isNotNull(); // it rests between
      }
    }
    loop.post(() -> seen.add(-1));
    var rest = new ArrayList<Integer>();
    for (int last = 0; last != -1; rest.add(last)) {
      last = seen.poll(10, TimeUnit.SECONDS);
    }
    assertThat(rest.subList(0, rest.size() - 1)).isSorted().hasSize(333);
  }

  @Test
  void whatIsDueLaterIsDoneThoughNobodyPosts() throws Exception {
    var steps = new CountDownLatch(50);
    run(() -> {
      steps.countDown();
      return System.nanoTime() + 3_000_000;
    });
    assertThat(steps.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aTaskThatFailsIsToldAndTheNextOneRuns() throws Exception {
    var ran = new CountDownLatch(1);
    run(() -> System.nanoTime() + FAR);
    loop.post(() -> {
      throw new IllegalStateException("broken");
    });
    loop.post(ran::countDown);
    assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(faults).hasSize(1);
  }

  private void run(LongSupplier step) {
    LongSupplier drained =
        () -> {
          loop.drain();
          return step.getAsLong();
        };
    Thread.ofVirtual().start(() -> loop.run(drained, System::nanoTime, closed::get));
  }
}
