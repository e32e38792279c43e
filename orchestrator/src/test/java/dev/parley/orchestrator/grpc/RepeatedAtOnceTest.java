package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.v1.RespondRequest;
import dev.parley.conversation.v1.SubmitTurnRequest;
import dev.parley.conversation.v1.Tier;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Page;
import dev.parley.orchestrator.conversation.Parts;
import dev.parley.orchestrator.conversation.SessionRecord;
import dev.parley.orchestrator.conversation.SessionSettings;
import dev.parley.orchestrator.conversation.SessionStore;
import dev.parley.orchestrator.conversation.Sessions;
import dev.parley.orchestrator.conversation.Thinker;
import dev.parley.orchestrator.conversation.Thought;
import dev.parley.orchestrator.conversation.TokenSink;
import dev.parley.orchestrator.conversation.TurnMedia;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.conversation.TurnStore;
import dev.parley.orchestrator.conversation.TurnTracer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole turns that are asked for twice in the same moment, without a session to be asked in. */
@Timeout(30)
class RepeatedAtOnceTest {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Turns turns = new Turns();
  private final Counting thinker = new Counting();
  private final WholeTurns whole = whole();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void theyAreOneTurnThatBothAreAnswered() throws Exception {
    var request =
        RespondRequest.newBuilder()
            .setCharacterId("ada")
            .setText("count")
            .addTiers(Tier.TIER_TEXT)
            .setRequestId("r1")
            .build();
    assertThat(twice(() -> whole.respond(Owner.LOCAL, request).id())).hasSize(1);
    assertThat(thinker.thoughts.get()).isEqualTo(1);
  }

  @Test
  void theyAreOneTurnThatBothSubmitted() throws Exception {
    var request =
        SubmitTurnRequest.newBuilder()
            .setCharacterId("ada")
            .setText("count")
            .addTiers(Tier.TIER_TEXT)
            .setRequestId("r1")
            .build();
    assertThat(twice(() -> whole.submit(Owner.LOCAL, request).id())).hasSize(1);
  }

  private Set<String> twice(Callable<String> call) throws Exception {
    var ids = ConcurrentHashMap.<String>newKeySet();
    for (Future<String> it : threads.invokeAll(List.of(call, call))) {
      ids.add(it.get());
    }
    return ids;
  }

  private WholeTurns whole() {
    var parts =
        new Parts(
            thinker,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new AnySession(),
            turns,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            threads,
            threads,
            System::nanoTime,
            Ids::next,
            SessionSettings.DEFAULTS,
            TurnTracer.NONE);
    var sessions = new Sessions((_, _) -> Optional.of(Character.named("ada", "Ada")), parts);
    return new WholeTurns(sessions, new TurnMedia(sessions));
  }

  private static final class Counting implements Thinker {
    private final AtomicInteger thoughts = new AtomicInteger();

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public void think(Thought thought, TokenSink sink) {
      thoughts.incrementAndGet();
      sink.token("one two");
    }
  }

  /** In memory; the first two that look for a request look at the same time where they can. */
  private static final class Turns implements TurnStore {
    private final Map<String, TurnRecord> kept = new ConcurrentHashMap<>();
    private final CountDownLatch looking = new CountDownLatch(2);

    @Override
    public void save(TurnRecord turn) {
      kept.merge(turn.id(), turn, (before, it) -> before.state().over() ? before : it);
    }

    @Override
    public Optional<TurnRecord> find(Owner owner, String turnId) {
      return Optional.ofNullable(kept.get(turnId));
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
      return new Page<>(List.of(), "");
    }

    @Override
    public List<TurnRecord> last(Owner owner, String sessionId, int count) {
      return List.of();
    }

    @Override
    public int failUnfinished(Instant time, Predicate<String> goesOn) {
      return 0;
    }
  }

  private record AnySession() implements SessionStore {
    @Override
    public SessionRecord create(SessionRecord session) {
      return session;
    }

    @Override
    public Optional<SessionRecord> find(Owner owner, String sessionId) {
      return Optional.empty();
    }

    @Override
    public Page<SessionRecord> list(Owner owner, String characterId, int size, String token) {
      return new Page<>(List.of(), "");
    }

    @Override
    public void touch(Owner owner, String sessionId, Instant time, int turnCount, String title) {}

    @Override
    public void end(Owner owner, String sessionId, Instant time) {}

    @Override
    public boolean delete(Owner owner, String sessionId) {
      return false;
    }
  }
}
