package dev.parley.orchestrator.privacy;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.conversation.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The sessions of a person that are live in this process; they stand before all other stores, so
 * that nothing is written after it was removed. Thread-safe.
 */
public final class LiveSessions implements PersonalStore {
  private static final Duration WRITING = Duration.ofSeconds(10);

  private final Sessions sessions;

  /** Of these sessions. */
  public LiveSessions(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Lets go of those of a person: what is spoken is cut. Returns when all is written. */
  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    List<CompletableFuture<Void>> ending =
        sessionIds.stream()
            .flatMap(id -> sessions.ifLive(id).stream())
            .filter(session -> session.record().owner().equals(owner))
            .map(session -> session.shutDown(Duration.ZERO))
            .toList();
    try {
      CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new))
          .get(WRITING.toMillis(), TimeUnit.MILLISECONDS);
      return List.of();
    } catch (TimeoutException | ExecutionException late) {
      throw Failure.unavailable("a live session does not end", WRITING).causedBy(late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unavailable("the server is going away", WRITING).causedBy(e);
    }
  }
}
