package dev.parley.orchestrator.peers;

import com.google.protobuf.Timestamp;
import dev.parley.kit.failure.Failures;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc.MemoryServiceBlockingStub;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RecallResponse;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.orchestrator.conversation.Recalled;
import dev.parley.orchestrator.conversation.Recollection;
import dev.parley.orchestrator.conversation.TurnRecord;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Memory by the memory service. */
public final class MemoryPeer implements Recollection {
  private static final int LONGEST_QUERY = 10_000;
  private final Channel channel;

  /** The channel stays the caller's. */
  public MemoryPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public List<Recalled> recall(
      dev.parley.kit.identity.Owner owner,
      String characterId,
      String query,
      int limit,
      String exceptSessionId,
      Duration deadline) {
    RecallRequest request =
        RecallRequest.newBuilder()
            .setOwner(owner(owner))
            .setCharacterId(characterId)
            .setQuery(query.substring(0, Math.min(LONGEST_QUERY, query.length())))
            .setLimit(limit)
            .setExceptSessionId(exceptSessionId)
            .build();
    RecallResponse response = calling(() -> within(deadline).recall(request));
    return response.getMemoriesList().stream()
        .map(
            m ->
                new Recalled(
                    m.getId(),
                    m.getPersonText(),
                    m.getCharacterText(),
                    m.getScore(),
                    Instant.ofEpochSecond(m.getTime().getSeconds(), m.getTime().getNanos())))
        .toList();
  }

  @Override
  public void remember(TurnRecord turn, Duration deadline) {
    RememberRequest request =
        RememberRequest.newBuilder()
            .setOwner(owner(turn.owner()))
            .setCharacterId(turn.characterId())
            .setTurn(
                RememberedTurn.newBuilder()
                    .setTurnId(turn.id())
                    .setSessionId(turn.sessionId())
                    .setPersonText(turn.inputText())
                    .setCharacterText(turn.replyText())
                    .setTime(
                        Timestamp.newBuilder()
                            .setSeconds(turn.createTime().getEpochSecond())
                            .setNanos(turn.createTime().getNano())))
            .build();
    calling(() -> within(deadline).remember(request));
  }

  @Override
  public void forgetSession(
      dev.parley.kit.identity.Owner owner, String sessionId, Duration deadline) {
    ForgetRequest request =
        ForgetRequest.newBuilder().setOwner(owner(owner)).setSessionId(sessionId).build();
    calling(() -> within(deadline).forget(request));
  }

  private MemoryServiceBlockingStub within(Duration deadline) {
    return MemoryServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static <T> T calling(Supplier<T> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      throw Failures.fromStatus(e);
    }
  }

  private static dev.parley.type.v1.Owner owner(dev.parley.kit.identity.Owner owner) {
    return dev.parley.type.v1.Owner.newBuilder()
        .setOrganisationId(owner.organisationId())
        .setPersonId(owner.personId())
        .build();
  }
}
