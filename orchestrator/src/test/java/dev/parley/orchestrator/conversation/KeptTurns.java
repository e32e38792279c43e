package dev.parley.orchestrator.conversation;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Turns in memory; refuses the first {@link #refusals} writes of turns that are over. */
final class KeptTurns implements TurnStore {
  final Map<String, TurnRecord> kept = new ConcurrentHashMap<>();
  final CountDownLatch over = new CountDownLatch(1);
  volatile int refusals;
  volatile boolean behind;
  volatile boolean full;

  /** Those who look for a request wait a little until so many look. */
  volatile CountDownLatch looking = new CountDownLatch(0);

  @Override
  public boolean isBehind() {
    return behind;
  }

  @Override
  public void mustHaveRoom() {
    if (full) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "the history waits")
          .retryAfter(Duration.ofSeconds(5));
    }
  }

  @Override
  public void save(TurnRecord turn) {
    if (turn.state().over() && refusals-- > 0) {
      throw Failure.of(Failure.Code.UNAVAILABLE, "STORE_FAILED", "down");
    }
    kept.put(turn.id(), turn);
    if (turn.state().over()) {
      over.countDown();
    }
  }

  @Override
  public Optional<TurnRecord> find(Owner owner, String id) {
    return Optional.ofNullable(kept.get(id));
  }

  @Override
  public Optional<TurnRecord> findByRequest(Owner owner, String requestId) {
    looking.countDown();
    try {
      looking.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return kept.values().stream().filter(it -> it.requestId().equals(requestId)).findFirst();
  }

  @Override
  public Page<TurnRecord> list(Owner owner, String sessionId, int size, String token) {
    return new Page<>(List.copyOf(kept.values()), "");
  }

  @Override
  public List<TurnRecord> last(Owner owner, String sessionId, int count) {
    return List.copyOf(kept.values());
  }

  @Override
  public int failUnfinished(Instant time, Predicate<String> goesOn) {
    return 0;
  }
}
