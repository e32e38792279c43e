package dev.parley.documentsvc.peers;

import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.GetCharacterRequest;
import dev.parley.documentsvc.library.Cast;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The characters that the orchestrator keeps. Thread-safe. */
public final class CharacterPeer implements Cast {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Channel channel;

  /** Over that channel. */
  public CharacterPeer(Channel channel) {
    this.channel = channel;
  }

  @Override
  public Optional<String> nameOf(Owner owner, String characterId) {
    var request = GetCharacterRequest.newBuilder().setCharacterId(characterId).build();
    try {
      var answer = Callers.as(owner, () -> stub().getCharacter(request));
      return Optional.of(answer.getCharacter().getDisplayName());
    } catch (Failure e) {
      if (e.code() == Failure.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private CharacterServiceGrpc.CharacterServiceBlockingStub stub() {
    return CharacterServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
