package dev.parley.cli.knowledge;

import dev.parley.character.v1.Character;
import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.ListCharactersRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;

/** Who answers from a collection of documents. */
final class Readers {
  private static final int MOST = 200;

  private Readers() {}

  /** What to do where nobody does; empty where somebody does, or nobody can tell. */
  static Optional<String> missing(ManagedChannel channel, String collection) {
    List<Character> characters;
    try {
      characters =
          CharacterServiceGrpc.newBlockingStub(channel)
              .listCharacters(ListCharactersRequest.newBuilder().setPageSize(MOST).build())
              .getCharactersList();
    } catch (StatusRuntimeException untold) {
      return Optional.empty();
    }
    if (characters.size() == MOST
        || characters.stream().anyMatch(it -> it.getCollectionIdsList().contains(collection))) {
      return Optional.empty();
    }
    return characters.stream()
        .filter(it -> it.getCollectionIdsCount() > 0)
        .findFirst()
        .map(it ->
            "no character answers from the collection \"%s\"; %s answers from --collection %s"
                .formatted(collection, it.getDisplayName(), it.getCollectionIds(0)));
  }
}
