package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RequestsUnderwayTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");

  private final RequestsUnderway requests = new RequestsUnderway(Duration.ofSeconds(20));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> first = new CompletableFuture<>();

  @AfterEach
  void close() {
    first.complete("");
    threads.close();
  }

  @Test
  void theSameRequestIsNeverDoneTwiceAtATime() throws Exception {
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    Callable<String> call =
        () ->
            requests.alone(
                ANN,
                "r1",
                () -> {
                  most.accumulateAndGet(now.incrementAndGet(), Math::max);
                  Thread.yield();
                  now.decrementAndGet();
                  return "done";
                });
    for (Future<String> it : threads.invokeAll(Collections.nCopies(200, call))) {
      assertThat(it.get()).isEqualTo("done");
    }
    assertThat(most.get()).isEqualTo(1);
    assertThat(requests.count()).isZero();
  }

  @Test
  void itWaitsForTheFirstAndThenFindsWhatCameOfIt() throws Exception {
    begin("r1");
    Future<String> again = threads.submit(() -> requests.alone(ANN, "r1", first::join));
    Thread.sleep(20);
    assertThat(again.isDone()).isFalse();
    first.complete("one");
    assertThat(again.get()).isEqualTo("one");
    assertThat(requests.count()).isZero();
  }

  @Test
  void othersAndThoseWithoutAnIdDoNotWait() throws Exception {
    begin("r1");
    Supplier<String> work = () -> "other";
    assertThat(
            List.of(
                requests.alone(BOB, "r1", work),
                requests.alone(ANN, "r2", work),
                requests.alone(ANN, "", work)))
        .containsOnly("other");
    assertThat(requests.count()).isOne();
  }

  @Test
  void afterOneThatFailedTheNextIsDone() throws Exception {
    begin("r1");
    Future<String> again = threads.submit(() -> requests.alone(ANN, "r1", () -> "done"));
    first.completeExceptionally(Failure.notFound("character", "ada"));
    assertThat(again.get()).isEqualTo("done");
    assertThat(requests.count()).isZero();
  }

  @Test
  void nobodyWaitsForEver() {
    var impatient = new RequestsUnderway(Duration.ofMillis(10));
    assertThatThrownBy(
            () -> impatient.alone(ANN, "r1", () -> impatient.alone(ANN, "r1", () -> "never")))
        .isInstanceOfSatisfying(
            Failure.class, it -> assertThat(it.reason()).isEqualTo("DEADLINE_EXCEEDED"));
    assertThat(impatient.count()).isZero();
  }

  private void begin(String requestId) throws InterruptedException {
    threads.submit(() ->
        requests.alone(
            ANN,
            requestId,
            () -> {
              begun.countDown();
              return first.join();
            }));
    begun.await();
  }
}
