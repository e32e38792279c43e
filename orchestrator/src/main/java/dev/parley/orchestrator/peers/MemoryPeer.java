package dev.parley.orchestrator.peers;

import com.google.protobuf.Timestamp;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.identity.Owner;
import dev.parley.memory.v1.FactKind;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.ItemKind;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.conversation.Cast;
import dev.parley.orchestrator.conversation.Notes;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.privacy.PersonalStore;
import dev.parley.orchestrator.privacy.Removal;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Memory in the memory service. Thread-safe. */
public final class MemoryPeer implements Recollection, PersonalStore {
  private static final Duration ERASE_DEADLINE = Duration.ofMinutes(2);

  /** Nobody is slower than this with what a person said. */
  private static final Duration SLOWEST = Duration.ofMinutes(30);

  private static final int MOST_RECALLS = 4;

  /** Recalling is mostly work of the processor: a hundred at once would stand before all else. */
  private final Semaphore recalls = new Semaphore(MOST_RECALLS, true);

  private final RetryBudget budget = new RetryBudget();
  private final Channel channel;
  private final Cast cast;

  /** What was said before these moments is not to come back by somebody who was slow with it. */
  private final Map<Owner, Instant> erased = new ConcurrentHashMap<>();

  /** Over that channel; what is kept and for how long is a setting of the character. */
  public MemoryPeer(Channel channel, Cast cast) {
    this.channel = channel;
    this.cast = cast;
  }

  @Override
  public List<Recalled> recall(
      Owner owner,
      String characterId,
      String query,
      int limit,
      String exceptSessionId,
      Duration deadline) {
    var request =
        RecallRequest.newBuilder()
            .setOwner(owner(owner))
            .setCharacterId(characterId)
            .setQuery(query)
            .setLimit(limit)
            .setExceptSessionId(exceptSessionId)
            .build();
    long begun = System.nanoTime();
    try {
      if (!recalls.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw Failure.of(
            Failure.Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "many recall at this time");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Code.CANCELLED, "UNAVAILABLE", "interrupted while waiting");
    }
    try {
      var answer =
          budget.run(() -> {
            Duration left = deadline.minusNanos(System.nanoTime() - begun);
            return told(() -> stub(left).recall(request));
          });
      return answer.getMemoriesList().stream().map(MemoryPeer::recalled).toList();
    } finally {
      recalls.release();
    }
  }

  @Override
  public void remember(TurnRecord turn, Optional<Notes> notes, Duration deadline) {
    if (turn.createTime().isBefore(erased.getOrDefault(turn.owner(), Instant.EPOCH))) {
      return;
    }
    var kept =
        RememberedTurn.newBuilder()
            .setTurnId(turn.id())
            .setSessionId(turn.sessionId())
            .setPersonText(turn.inputText())
            .setCharacterText(turn.replyText())
            .setTime(
                Timestamp.newBuilder()
                    .setSeconds(turn.createTime().getEpochSecond())
                    .setNanos(turn.createTime().getNano()));
    var request =
        RememberRequest.newBuilder()
            .setOwner(owner(turn.owner()))
            .setCharacterId(turn.characterId())
            .setTurn(kept);
    notes.ifPresent(it -> noted(it, request));
    cast.find(turn.owner(), turn.characterId()).ifPresent(it -> keepAs(it, request));
    told(() -> stub(deadline).remember(request.build()));
  }

  private static void noted(Notes notes, RememberRequest.Builder request) {
    request.setFactsGiven(true).setSummary(notes.summary());
    for (Notes.Fact fact : notes.facts()) {
      request
          .addFactsBuilder()
          .setKind(FactKind.valueOf("FACT_KIND_" + fact.kind()))
          .setText(fact.text())
          .setSlot(fact.slot())
          .setImportance(fact.importance());
    }
  }

  private static void keepAs(Character character, RememberRequest.Builder request) {
    request.setShortTermLength(Math.max(1, character.agent().chatHistoryLength()));
    character
        .memoryRetention()
        .ifPresent(age -> request.getRetentionBuilder().setSeconds(Math.max(1, age.toSeconds())));
  }

  @Override
  public void forgetSession(Owner owner, String sessionId, Duration deadline) {
    var request = ForgetRequest.newBuilder().setOwner(owner(owner)).setSessionId(sessionId).build();
    told(() -> stub(deadline).forget(request));
  }

  @Override
  public List<Removal> erase(Owner owner, Set<String> sessionIds) {
    Instant now = Instant.now();
    erased.values().removeIf(it -> it.isBefore(now.minus(SLOWEST)));
    erased.put(owner, now);
    var request = ForgetRequest.newBuilder().setOwner(owner(owner)).build();
    var gone = told(() -> stub(ERASE_DEADLINE).forget(request));
    return List.of(
        new Removal("memories", gone.getMemories()),
        new Removal("recent turns", gone.getRecentTurns()),
        new Removal("embedding cache", gone.getEmbeddings()));
  }

  private MemoryServiceGrpc.MemoryServiceBlockingStub stub(Duration deadline) {
    return MemoryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static <T> T told(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }

  private static Recalled recalled(Memory m) {
    return new Recalled(
        m.getId(),
        kind(m.getKind()),
        m.getPersonText(),
        m.getCharacterText(),
        m.getScore(),
        Instant.ofEpochSecond(m.getTime().getSeconds(), m.getTime().getNanos()));
  }

  private static Recalled.Kind kind(ItemKind kind) {
    return switch (kind) {
      case ITEM_KIND_FACT -> Recalled.Kind.FACT;
      case ITEM_KIND_SUMMARY -> Recalled.Kind.SUMMARY;
      case ITEM_KIND_TURN, ITEM_KIND_UNSPECIFIED, UNRECOGNIZED -> Recalled.Kind.TURN;
    };
  }

  private static dev.parley.type.v1.Owner owner(Owner owner) {
    return dev.parley.type.v1.Owner.newBuilder()
        .setOrganisationId(owner.organisationId())
        .setPersonId(owner.personId())
        .build();
  }
}
