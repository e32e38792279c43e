package dev.parley.orchestrator.grpc;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import dev.parley.character.v1.CharacterServiceGrpc.CharacterServiceImplBase;
import dev.parley.character.v1.CreateCharacterRequest;
import dev.parley.character.v1.CreateCharacterResponse;
import dev.parley.character.v1.DeleteCharacterRequest;
import dev.parley.character.v1.DeleteCharacterResponse;
import dev.parley.character.v1.GetCharacterRequest;
import dev.parley.character.v1.GetCharacterResponse;
import dev.parley.character.v1.ListCharacterVersionsRequest;
import dev.parley.character.v1.ListCharacterVersionsResponse;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.character.v1.ListCharactersResponse;
import dev.parley.character.v1.UpdateCharacterRequest;
import dev.parley.character.v1.UpdateCharacterResponse;
import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.orchestrator.character.Character;
import dev.parley.orchestrator.character.Characters;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;

/** Characters over gRPC; the owner is the caller. */
public final class CharacterGrpc extends CharacterServiceImplBase {
  private static final Set<String> NOT_TO_SET =
      Set.of("id", "version", "create_time", "update_time", "built_in");

  private final Characters characters;

  public CharacterGrpc(Characters characters) {
    this.characters = characters;
  }

  @Override
  public void listCharacters(
      ListCharactersRequest request, StreamObserver<ListCharactersResponse> to) {
    int size = pageSize(request.getPageSize());
    List<Character> found = characters.list(owner(), request.getPageToken(), size + 1);
    List<Character> page = found.subList(0, Math.min(size, found.size()));
    answer(
        to,
        ListCharactersResponse.newBuilder()
            .addAllCharacters(page.stream().map(CharacterMessages::message).toList())
            .setNextPageToken(found.size() > size ? page.getLast().id() : "")
            .build());
  }

  @Override
  public void getCharacter(GetCharacterRequest request, StreamObserver<GetCharacterResponse> to) {
    Character it = characters.get(owner(), request.getCharacterId());
    answer(
        to, GetCharacterResponse.newBuilder().setCharacter(CharacterMessages.message(it)).build());
  }

  @Override
  public void createCharacter(
      CreateCharacterRequest request, StreamObserver<CreateCharacterResponse> to) {
    var wanted = request.getCharacter();
    if (!request.getTemplateId().isEmpty()) {
      Character template = characters.get(owner(), request.getTemplateId());
      var copy = CharacterMessages.message(template).toBuilder().clearId();
      wanted = laid(copy, wanted).build();
    }
    boolean inherits = request.getCharacter().getCollectionIdsCount() == 0;
    Character it = CharacterMessages.character(wanted);
    Character made =
        inherits
            ? characters.createReader(owner(), it, request.getRequestId())
            : characters.create(owner(), it, request.getRequestId());
    answer(
        to,
        CreateCharacterResponse.newBuilder().setCharacter(CharacterMessages.message(made)).build());
  }

  @Override
  public void updateCharacter(
      UpdateCharacterRequest request, StreamObserver<UpdateCharacterResponse> to) {
    var wanted = request.getCharacter();
    FieldMask mask = mask(request);
    Character changed =
        characters.update(
            owner(),
            request.getCharacterId(),
            wanted.getVersion(),
            current -> {
              var merged = CharacterMessages.message(current).toBuilder();
              if (mask.getPathsCount() == 0) {
                laid(merged, wanted);
              } else {
                FieldMaskUtil.merge(mask, wanted, merged, REPLACING);
              }
              return CharacterMessages.character(merged.build());
            });
    answer(
        to,
        UpdateCharacterResponse.newBuilder()
            .setCharacter(CharacterMessages.message(changed))
            .build());
  }

  @Override
  public void deleteCharacter(
      DeleteCharacterRequest request, StreamObserver<DeleteCharacterResponse> to) {
    characters.delete(owner(), request.getCharacterId());
    answer(to, DeleteCharacterResponse.getDefaultInstance());
  }

  @Override
  public void listCharacterVersions(
      ListCharacterVersionsRequest request, StreamObserver<ListCharacterVersionsResponse> to) {
    int size = pageSize(request.getPageSize());
    long before = request.getPageToken().isEmpty() ? Long.MAX_VALUE : number(request);
    List<Character> found =
        characters.versions(owner(), request.getCharacterId(), before, size + 1);
    List<Character> page = found.subList(0, Math.min(size, found.size()));
    String next = found.size() > size ? Long.toString(page.getLast().version()) : "";
    answer(
        to,
        ListCharacterVersionsResponse.newBuilder()
            .addAllVersions(page.stream().map(CharacterMessages::message).toList())
            .setNextPageToken(next)
            .build());
  }

  private static final FieldMaskUtil.MergeOptions REPLACING =
      new FieldMaskUtil.MergeOptions()
          .setReplaceMessageFields(true)
          .setReplaceRepeatedFields(true)
          .setReplacePrimitiveFields(true);

  /**
   * Sets in {@code below} whatever is set in {@code above}; lists and durations are replaced, not
   * joined.
   */
  private static dev.parley.character.v1.Character.Builder laid(
      dev.parley.character.v1.Character.Builder below, dev.parley.character.v1.Character above) {
    if (above.getPersonaFactsCount() > 0) {
      below.clearPersonaFacts();
    }
    if (above.getAgent().getToolsCount() > 0) {
      below.getAgentBuilder().clearTools();
    }
    if (above.getCollectionIdsCount() > 0) {
      below.clearCollectionIds();
    }
    if (above.hasIdleTimeout()) {
      below.clearIdleTimeout();
    }
    if (above.hasMemoryRetention()) {
      below.clearMemoryRetention();
    }
    return below.mergeFrom(above);
  }

  private static FieldMask mask(UpdateCharacterRequest request) {
    FieldMask mask = request.getUpdateMask();
    for (String path : mask.getPathsList()) {
      boolean known = FieldMaskUtil.isValid(dev.parley.character.v1.Character.class, path);
      if (!known || NOT_TO_SET.contains(path)) {
        throw Failure.invalid("update_mask", path + " (expected a field that can be changed)");
      }
    }
    return mask;
  }

  private static long number(ListCharacterVersionsRequest request) {
    try {
      return Long.parseLong(request.getPageToken());
    } catch (NumberFormatException e) {
      throw Failure.invalid(
          "page_token", request.getPageToken() + " (expected one from the page before)");
    }
  }

  private static int pageSize(int asked) {
    return asked == 0 ? 50 : asked;
  }

  private static Owner owner() {
    return Caller.current().owner();
  }

  private static <T> void answer(StreamObserver<T> to, T response) {
    to.onNext(response);
    to.onCompleted();
  }
}
