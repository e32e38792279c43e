package dev.parley.orchestrator.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.kit.failure.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every log of live sessions does. */
public abstract class EventLogContract {
  /** An empty log that keeps so many bytes of media and so many numbers a session. */
  protected abstract EventLog log(long mediaBytes, int numbers);

  @Test
  void givesBackInOrderWhatCameAfterANumber() {
    EventLog log = log(1000, 1000);
    append(log, "a", List.of(event(1, false, 3), event(2, true, 3), event(3, false, 0)));
    append(log, "a", List.of(event(4, true, 3)));
    assertThat(log.readAfter("a", 1, 10))
        .extracting(StoredEvent::seq, StoredEvent::media, it -> it.bytes().length)
        .containsExactly(tuple(2L, true, 3), tuple(3L, false, 0), tuple(4L, true, 3));
    assertThat(log.readAfter("a", 0, 2)).extracting(StoredEvent::seq).containsExactly(1L, 2L);
    assertThat(log.readAfter("a", 4, 2)).isEmpty();
    assertThat(log.lastSeq("a")).isEqualTo(4);
  }

  @Test
  void keepsEveryByteAsItWas() {
    EventLog log = log(100_000, 10);
    byte[] bytes = new byte[70_000];
    new Random(1).nextBytes(bytes);
    append(log, "a", List.of(new StoredEvent(1, true, bytes), new StoredEvent(2, false, bytes)));
    assertThat(log.readAfter("a", 0, 5)).extracting(StoredEvent::bytes).containsOnly(bytes);
  }

  @Test
  void anEventThatComesAgainIsKeptOnceAsItWasFirst() {
    EventLog log = log(1000, 1000);
    append(log, "a", List.of(event(1, false, 3), event(2, true, 3)));
    append(log, "a", List.of(event(1, false, 9), event(2, true, 9), event(3, true, 1)));
    assertThat(log.readAfter("a", 0, 10))
        .extracting(it -> it.bytes().length)
        .containsExactly(3, 3, 1);
  }

  @Test
  void whatComesAgainWithMoreIsKeptOnceAndSoIsTheRest() {
    EventLog log = log(1000, 1000);
    append(log, "a", List.of(event(1, false, 3), event(2, true, 3), event(3, false, 3)));
    append(log, "a", List.of(event(2, true, 9), event(3, false, 9), event(4, false, 1)));
    append(log, "a", List.of(event(2, true, 9)));
    assertThat(log.readAfter("a", 0, 10))
        .extracting(StoredEvent::seq, it -> it.bytes().length)
        .containsExactly(tuple(1L, 3), tuple(2L, 3), tuple(3L, 3), tuple(4L, 1));
    assertThat(log.readAfter("a", 3, 10)).extracting(StoredEvent::seq).containsExactly(4L);
    assertThat(log.readAfter("a", 1, 1)).extracting(StoredEvent::seq).containsExactly(2L);
  }

  @Test
  void dropsTheOldestMediaAndKeepsSmallEvents() {
    EventLog log = log(250, 1000);
    for (int seq = 1; seq <= 10; seq++) {
      append(log, "a", List.of(event(seq, seq % 2 == 0, 100)));
    }
    assertThat(log.readAfter("a", 0, 100))
        .extracting(StoredEvent::seq)
        .containsExactly(1L, 3L, 5L, 7L, 8L, 9L, 10L);
  }

  @Test
  void dropsWhatIsTooManyNumbersBehind() {
    EventLog log = log(1000, 4);
    IntStream.rangeClosed(1, 10).forEach(i -> append(log, "a", List.of(event(i, i % 2 == 0, 1))));
    assertThat(log.readAfter("a", 0, 100))
        .extracting(StoredEvent::seq)
        .containsExactly(7L, 8L, 9L, 10L);
    assertThat(log.lastSeq("a")).isEqualTo(10);
  }

  @Test
  void sessionsKnowNothingOfEachOther() {
    EventLog log = log(120, 10);
    append(log, "a", List.of(event(1, true, 90)));
    append(log, "b", List.of(event(7, true, 90)));
    assertThat(log.readAfter("a", 0, 9)).extracting(StoredEvent::seq).containsExactly(1L);
    log.delete("a");
    assertThat(log.readAfter("a", 0, 9)).isEmpty();
    assertThat(log.lastSeq("a")).isZero();
    assertThat(log.lastSeq("b")).isEqualTo(7);
    assertThat(log.lastSeq("unknown")).isZero();
  }

  @Test
  void twoWritersOfOneSessionLeaveEachNumberOnce() throws Exception {
    EventLog log = log(1 << 20, 10_000);
    var begin = new CountDownLatch(1);
    List<Thread> writers =
        IntStream.range(0, 2)
            .mapToObj(_ ->
                Thread.ofVirtual()
                    .start(() -> {
                      begin.countDown();
                      for (long i = 1; i <= 100; i++) {
                        append(log, "a", List.of(event(i, i % 3 == 0, 10)));
                      }
                    }))
            .toList();
    begin.await();
    for (Thread it : writers) {
      it.join();
    }
    assertThat(log.readAfter("a", 0, 1000))
        .extracting(StoredEvent::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void theStateIsTheLastOneAndGoesWithTheSession() {
    EventLog log = log(1000, 10);
    assertThat(log.state("a")).isEmpty();
    log.append("a", 0, List.of(event(1, false, 1)), Optional.of(new byte[] {1, 0, -1}), true)
        .join();
    log.append("a", 0, List.of(), Optional.of(new byte[] {2}), true).join();
    append(log, "a", List.of(event(2, false, 1)));
    assertThat(log.state("a")).hasValueSatisfying(it -> assertThat(it).containsExactly(2));
    assertThat(log.lastSeq("a")).isEqualTo(2);
    log.delete("a");
    assertThat(log.state("a")).isEmpty();
  }

  @Test
  void whoWritesWithALowerTokenThanWasSeenIsRefusedAndLeavesNothing() {
    EventLog log = log(1000, 10);
    log.append("a", 7, List.of(event(1, false, 1)), Optional.empty(), true).join();
    log.append("a", 9, List.of(event(2, false, 1)), Optional.of(new byte[] {9}), true).join();
    var stale = log.append("a", 7, List.of(event(3, true, 1)), Optional.of(new byte[] {7}), true);
    assertThat(stale)
        .failsWithin(Duration.ofSeconds(5))
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("SESSION_ELSEWHERE"));
    assertThat(log.lastSeq("a")).isEqualTo(2);
    assertThat(log.state("a")).hasValueSatisfying(it -> assertThat(it).containsExactly(9));
    log.delete("a");
    assertThat(log.append("a", 9, List.of(event(4, false, 1)), Optional.empty(), true))
        .failsWithin(Duration.ofSeconds(5));
    assertThat(log.lastSeq("a")).isZero();
  }

  /** Appends without a lease and waits until it is kept. */
  protected static void append(EventLog log, String sessionId, List<StoredEvent> events) {
    log.append(sessionId, 0, events, Optional.empty(), true).join();
  }

  /** Some event. */
  protected static StoredEvent event(long seq, boolean media, int size) {
    return new StoredEvent(seq, media, new byte[size]);
  }
}
