package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StartingTest {
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AutoCloseable part = () -> closed.set(true);

  @Test
  void aPartThatWasTakenIsItsTakersToClose() throws Exception {
    Starting<AutoCloseable> starting = Starting.begin("part", () -> part);

    assertThat(starting.take()).isSameAs(part);
    starting.close();

    assertThat(closed).isFalse();
  }

  @Test
  void aPartThatNobodyTookIsClosedOnceItHasStarted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Starting<AutoCloseable> starting =
        Starting.begin(
            "part",
            () -> {
              awaitUninterrupted(go);
              return part;
            });

    Thread.ofVirtual().start(go::countDown);
    starting.close();

    assertThat(closed).isTrue();
  }

  @Test
  void aPartThatFailsFailsItsTakerWithTheSameErrorAndNeedsNoClosing() throws Exception {
    var failure = new IllegalStateException("no disk");
    Starting<AutoCloseable> starting =
        Starting.begin(
            "part",
            () -> {
              throw failure;
            });

    assertThatThrownBy(starting::take).isSameAs(failure);
    starting.close();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
