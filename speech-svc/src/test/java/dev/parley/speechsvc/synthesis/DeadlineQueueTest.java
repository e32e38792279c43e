package dev.parley.speechsvc.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a voice makes first, and what it refuses; the clock stands still unless it is moved. */
class DeadlineQueueTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong clock = new AtomicLong();
  private final DeadlineQueue queue = new DeadlineQueue("test", SECOND / 2.0, clock::get);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> callers = new ArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    queue.close();
  }

  @Test
  void whatIsWantedSoonestIsMadeFirstAndEqualsInTheirOrder() throws Exception {
    occupied(0);
    ask("later words", new Need(Duration.ofSeconds(3), true));
    ask("file", Need.FILE);
    ask("first words", Need.NOW);
    ask("first words of another", Need.NOW);
    ask("soon", new Need(Duration.ofMillis(1500), true));
    release.countDown();
    join();
    assertThat(done)
        .containsExactly("first words", "first words of another", "soon", "later words", "file");
  }

  @Test
  void aPartIsGivenOutWhileTheRestIsMade() {
    DeadlineQueue.Pending<String, String> making =
        queue.begin(
            1,
            Need.NOW,
            part -> {
              part.accept("first words");
              part.accept("ignored");
              release.await();
              return "all words";
            });
    assertThat(making.part()).contains("first words");
    release.countDown();
    assertThat(making.result()).isEqualTo("all words");
  }

  @Test
  void workThatEndsWithoutAPartSaysSo() {
    assertThat(queue.<String, String>begin(1, Need.NOW, _ -> "all").part()).isEmpty();
    DeadlineQueue.Pending<String, String> failing =
        queue.begin(
            1,
            Need.NOW,
            _ -> {
              throw new IllegalStateException("no sound");
            });
    assertThat(failing.part()).isEmpty();
    assertThat(catchThrowable(failing::result)).hasMessage("no sound");
  }

  @Test
  void whatWouldComeTooLateIsRefusedWithTheTimeToComeBack() throws Exception {
    occupied(1);
    for (int i = 0; i < 4; i++) {
      ask("phrase", Need.NOW);
    }
    var refused =
        catchThrowableOfType(Failure.class, () -> queue.call(1, Need.NOW, () -> "one more"));
    assertThat(refused.reason()).isEqualTo("OVERLOADED");
    assertThat(refused.retryAfter().orElseThrow()).isEqualTo(Duration.ofMillis(2500));
    assertThat(queue.waiting()).isEqualTo(4);
  }

  @Test
  void whoWasBegunIsNotRefusedAndIsNotMadeLateByWhoIsNot() throws Exception {
    occupied(1);
    for (int i = 0; i < 8; i++) {
      ask("goes on", new Need(Duration.ofSeconds(2), true));
    }
    ask("goes on too", new Need(Duration.ofSeconds(2), true));
    var refused = catchThrowableOfType(Failure.class, () -> queue.call(1, Need.NOW, () -> "new"));
    assertThat(refused.reason()).isEqualTo("OVERLOADED");
    assertThat(queue.waiting()).isEqualTo(9);
  }

  @Test
  void aFileMayWaitWhereAPersonMayNot() throws Exception {
    occupied(10);
    ask("file", Need.FILE);
    assertThat(queue.waiting()).isEqualTo(1);
    assertThat(catchThrowableOfType(Failure.class, () -> queue.call(1, Need.NOW, () -> "now")))
        .isNotNull();
  }

  @Test
  void itLearnsHowLongItsWorkTakes() throws Exception {
    for (int i = 0; i < 60; i++) {
      queue.call(10, Need.NOW, () -> clock.addAndGet(SECOND / 100));
    }
    occupied(1);
    for (int i = 0; i < 100; i++) {
      ask("quick", Need.NOW);
    }
    assertThat(queue.waiting()).isEqualTo(100);
  }

  @Test
  void whoGivesUpLeavesNoWorkBehind() throws Exception {
    occupied(0);
    ask("given up", Need.NOW);
    callers.removeLast().interrupt();
    while (queue.waiting() > 0) {
      Thread.onSpinWait();
    }
    ask("wanted", Need.NOW);
    release.countDown();
    join();
    assertThat(done).containsExactly("wanted");
  }

  /** Work of that size is being done until it is released. */
  private void occupied(int size) throws InterruptedException {
    call(
        size,
        Need.NOW,
        () -> {
          begun.countDown();
          release.await();
          return true;
        });
    begun.await();
  }

  /** Somebody asks for work of size 1 and has entered. */
  private void ask(String what, Need need) {
    int before = queue.waiting();
    call(1, need, () -> done.add(what));
    while (queue.waiting() == before) {
      Thread.onSpinWait();
    }
  }

  private void call(int size, Need need, Callable<Boolean> work) {
    callers.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                queue.call(size, need, work);
              } catch (RuntimeException givenUp) {
                // by the test that asked
              }
            }));
  }

  private void join() throws InterruptedException {
    for (Thread caller : callers) {
      caller.join();
    }
  }
}
