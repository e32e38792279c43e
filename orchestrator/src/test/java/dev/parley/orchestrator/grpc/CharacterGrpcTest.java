package dev.parley.orchestrator.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import dev.parley.character.v1.AgentSettings;
import dev.parley.character.v1.AgentType;
import dev.parley.character.v1.Character;
import dev.parley.character.v1.CharacterServiceGrpc;
import dev.parley.character.v1.CharacterServiceGrpc.CharacterServiceBlockingStub;
import dev.parley.character.v1.CreateCharacterRequest;
import dev.parley.character.v1.DeleteCharacterRequest;
import dev.parley.character.v1.GetCharacterRequest;
import dev.parley.character.v1.InterruptionMode;
import dev.parley.character.v1.ListCharacterVersionsRequest;
import dev.parley.character.v1.ListCharactersRequest;
import dev.parley.character.v1.UpdateCharacterRequest;
import dev.parley.character.v1.VoiceSettings;
import dev.parley.kit.failure.Failures;
import dev.parley.kit.health.Part;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.host.Service;
import dev.parley.kit.ids.Ids;
import dev.parley.orchestrator.character.CatalogueForTests;
import dev.parley.orchestrator.character.Characters;
import dev.parley.orchestrator.character.InMemoryCharacterStore;
import dev.parley.orchestrator.character.ShippedCharacters;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Characters over their contract, with the interceptors that every service has. */
class CharacterGrpcTest {
  private Hosted hosted;
  private ManagedChannel channel;
  private CharacterServiceBlockingStub characters;

  @BeforeEach
  void start() {
    var kept =
        new Characters(
            ShippedCharacters.all(),
            new InMemoryCharacterStore(),
            new CatalogueForTests(),
            Clock.systemUTC());
    String name = "characters-" + Ids.next();
    hosted = Hosted.inProcess(new OneService(new CharacterGrpc(kept)), name);
    channel = Hosted.channel(name);
    characters = CharacterServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void whatIsNotSaidTakesItsDefault() {
    Character made = create(Character.newBuilder().setDisplayName("Émile Fox"), "");
    assertThat(made.getId()).isEqualTo("emile-fox");
    assertThat(made.getVersion()).isEqualTo(1);
    assertThat(made.getLanguage()).isEqualTo("en-US");
    assertThat(made.getAgent())
        .isEqualTo(
            AgentSettings.newBuilder()
                .setType(AgentType.AGENT_TYPE_RAG)
                .setTemperature(0.7f)
                .setRetrieverK(5)
                .setChatHistoryLength(10)
                .setMaxOutputTokens(400)
                .build());
    assertThat(made.getInterruption().getMode())
        .isEqualTo(InterruptionMode.INTERRUPTION_MODE_SPEECH);
    assertThat(made.getIdleTimeout().getSeconds()).isEqualTo(600);
    assertThat(made.getBuiltIn()).isFalse();
    assertThat(get("emile-fox")).isEqualTo(made);
  }

  @Test
  void aZeroThatWasSaidIsNoDefault() {
    var agent = AgentSettings.newBuilder().setTemperature(0).setRetrieverK(0);
    Character made = create(Character.newBuilder().setDisplayName("Zero").setAgent(agent), "");
    assertThat(made.getAgent().getTemperature()).isZero();
    assertThat(made.getAgent().getRetrieverK()).isZero();
  }

  @Test
  void aCopyHasWhatTheTemplateHasWhereNothingElseWasSaid() {
    Character ada = get("ada");
    Character copy = create(Character.newBuilder().setDisplayName("Ada the Second"), "ada");
    assertThat(copy.getId()).isEqualTo("ada-the-second");
    assertThat(copy.getPersonaFactsList()).isEqualTo(ada.getPersonaFactsList());
    assertThat(copy.getVoice()).isEqualTo(ada.getVoice());
    assertThat(copy.getBuiltIn()).isFalse();
    Character other =
        create(Character.newBuilder().setDisplayName("Short").addPersonaFacts("One fact."), "ada");
    assertThat(other.getPersonaFactsList()).containsExactly("One fact.");
    fails(
        () -> create(Character.newBuilder().setDisplayName("X"), "nobody"),
        Status.Code.NOT_FOUND,
        "CHARACTER_NOT_FOUND");
  }

  @Test
  void aShippedCharacterReadsTheCollectionThatIsCalledLikeIt() {
    assertThat(get("ada").getCollectionIdsList()).containsExactly("ada");
  }

  @Test
  void aCopyReadsACollectionOfItsOwnBeforeThoseOfItsTemplate() {
    Character named = create(Character.newBuilder().setId("carla").setDisplayName("Carla"), "ada");
    assertThat(named.getCollectionIdsList()).containsExactly("carla", "ada");
    Character grandchild = create(Character.newBuilder().setDisplayName("Dora"), "carla");
    assertThat(grandchild.getCollectionIdsList()).containsExactly("dora", "carla", "ada");
    Character bare = create(Character.newBuilder().setDisplayName("Bare"), "");
    assertThat(bare.getCollectionIdsList()).isEmpty();
  }

  @Test
  void collectionsAndRetentionAreKeptCopiedReplacedAndCleared() {
    Character made =
        create(
            Character.newBuilder()
                .setDisplayName("Reader")
                .addCollectionIds("maps")
                .setMemoryRetention(Durations.fromMillis(3_600_500)),
            "");
    assertThat(get("reader").getCollectionIdsList()).containsExactly("maps");
    assertThat(get("reader").getMemoryRetention()).isEqualTo(Durations.fromMillis(3_600_500));
    var other =
        Character.newBuilder()
            .setDisplayName("Copy")
            .addCollectionIds("tides")
            .setMemoryRetention(Durations.fromDays(1));
    Character copy = create(other, "reader");
    assertThat(copy.getCollectionIdsList()).containsExactly("tides");
    assertThat(copy.getMemoryRetention()).isEqualTo(Durations.fromDays(1));
    Character cleared =
        updated("reader", made.toBuilder().clearMemoryRetention().build(), "memory_retention");
    assertThat(cleared.hasMemoryRetention()).isFalse();
    assertThat(cleared.getCollectionIdsList()).containsExactly("maps");
  }

  @Test
  void collectionsThatCannotBeAndRetentionThatIsTooShortAreRefused() {
    var twice = Character.newBuilder().setDisplayName("X");
    twice.setMemoryRetention(Durations.fromSeconds(1));
    fails(() -> create(twice, ""), Status.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT");
    var blank = Character.newBuilder().setDisplayName("X").addCollectionIds("No Slug");
    fails(() -> create(blank, ""), Status.Code.INVALID_ARGUMENT, "INVALID_ARGUMENT");
  }

  @Test
  void aCallThatIsRepeatedMakesOne() {
    var request =
        CreateCharacterRequest.newBuilder()
            .setRequestId("r1")
            .setCharacter(Character.newBuilder().setDisplayName("Once"))
            .build();
    Character first = characters.createCharacter(request).getCharacter();
    assertThat(characters.createCharacter(request).getCharacter()).isEqualTo(first);
    assertThat(list(200, "").size()).isEqualTo(4);
  }

  @Test
  void aMaskChangesThoseFieldsAndNoOthers() {
    Character before =
        create(
            Character.newBuilder()
                .setDisplayName("Masked")
                .setGreeting("Hello.")
                .addPersonaFacts("I like tea.")
                .setVoice(VoiceSettings.newBuilder().setVoiceId("slt").setRate(1.5f)),
            "");
    Character wanted = Character.newBuilder().setDescription("New").setGreeting("ignored").build();
    Character after =
        update(wanted, "description", "persona_facts", "voice.rate", "agent.temperature");
    assertThat(after.getDescription()).isEqualTo("New");
    assertThat(after.getGreeting()).isEqualTo("Hello.");
    assertThat(after.getPersonaFactsList()).isEmpty();
    assertThat(after.getVoice().getVoiceId()).isEqualTo("slt");
    assertThat(after.getVoice().getRate()).isEqualTo(1);
    assertThat(after.getAgent().getTemperature()).isEqualTo(0.7f);
    assertThat(after.getVersion()).isEqualTo(before.getVersion() + 1);
  }

  @Test
  void withoutAMaskWhatIsSetIsChanged() {
    create(Character.newBuilder().setDisplayName("Masked").setGreeting("Hello."), "");
    Character after = update(Character.newBuilder().setDescription("New").build());
    assertThat(after.getDescription()).isEqualTo("New");
    assertThat(after.getGreeting()).isEqualTo("Hello.");
  }

  @Test
  void aMaskThatNamesNoFieldToChangeIsRefused() {
    create(Character.newBuilder().setDisplayName("Masked"), "");
    for (String path : List.of("version", "id", "built_in", "nonsense", "voice.nonsense")) {
      fails(
          () -> update(Character.getDefaultInstance(), path),
          Status.Code.INVALID_ARGUMENT,
          "INVALID_ARGUMENT");
    }
  }

  @Test
  void aChangeOfAnOldVersionIsAborted() {
    create(Character.newBuilder().setDisplayName("Masked"), "");
    Character seen = get("masked");
    update(Character.newBuilder().setDescription("By somebody else").build());
    fails(
        () -> update(seen.toBuilder().setDescription("Mine").build(), "description"),
        Status.Code.ABORTED,
        "VERSION_CONFLICT");
    assertThat(get("masked").getDescription()).isEqualTo("By somebody else");
  }

  @Test
  void earlierVersionsAreListedNewestFirstInPages() {
    create(Character.newBuilder().setDisplayName("Masked"), "");
    for (int i = 2; i <= 5; i++) {
      update(Character.newBuilder().setDescription("Version " + i).build());
    }
    var request = ListCharacterVersionsRequest.newBuilder().setCharacterId("masked").setPageSize(3);
    var first = characters.listCharacterVersions(request.build());
    assertThat(first.getVersionsList())
        .extracting(Character::getVersion)
        .containsExactly(4L, 3L, 2L);
    var rest =
        characters.listCharacterVersions(request.setPageToken(first.getNextPageToken()).build());
    assertThat(rest.getVersionsList()).extracting(Character::getVersion).containsExactly(1L);
    assertThat(rest.getNextPageToken()).isEmpty();
    fails(
        () -> characters.listCharacterVersions(request.setPageToken("x").build()),
        Status.Code.INVALID_ARGUMENT,
        "INVALID_ARGUMENT");
  }

  @Test
  void everyPageSizeListsAllOnce() {
    for (int i = 0; i < 4; i++) {
      create(Character.newBuilder().setDisplayName("Own " + i), "");
    }
    for (int size = 1; size <= 8; size++) {
      assertThat(list(size, ""))
          .containsExactly("ada", "marcus", "zuri", "own-0", "own-1", "own-2", "own-3");
    }
  }

  @Test
  void whatIsDeletedIsGoneAndWhatShipsStays() {
    create(Character.newBuilder().setDisplayName("Masked"), "");
    delete("masked");
    fails(() -> get("masked"), Status.Code.NOT_FOUND, "CHARACTER_NOT_FOUND");
    fails(() -> delete("masked"), Status.Code.NOT_FOUND, "CHARACTER_NOT_FOUND");
    fails(() -> delete("ada"), Status.Code.PERMISSION_DENIED, "FORBIDDEN");
  }

  @Test
  void whatBreaksARuleIsRefusedAndNamed() {
    fails(
        () -> create(Character.newBuilder().setId("Not A Slug").setDisplayName("X"), ""),
        Status.Code.INVALID_ARGUMENT,
        "INVALID_ARGUMENT");
    fails(
        () -> create(Character.newBuilder().setId("ada").setDisplayName("X"), ""),
        Status.Code.ALREADY_EXISTS,
        "ALREADY_EXISTS");
    var voice = VoiceSettings.newBuilder().setVoiceId("nobody");
    fails(
        () -> create(Character.newBuilder().setDisplayName("X").setVoice(voice), ""),
        Status.Code.NOT_FOUND,
        "VOICE_NOT_FOUND");
    fails(
        () -> create(Character.newBuilder().setDisplayName("X").setLanguage("no language"), ""),
        Status.Code.INVALID_ARGUMENT,
        "INVALID_ARGUMENT");
  }

  private static void fails(ThrowingCallable call, Status.Code code, String reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            it -> {
              assertThat(it.getStatus().getCode()).isEqualTo(code);
              assertThat(Failures.fromStatus(it).reason()).isEqualTo(reason);
            });
  }

  private Character create(Character.Builder character, String template) {
    var request =
        CreateCharacterRequest.newBuilder().setCharacter(character).setTemplateId(template);
    return characters.createCharacter(request.build()).getCharacter();
  }

  private Character update(Character wanted, String... paths) {
    return updated("masked", wanted, paths);
  }

  private Character updated(String id, Character wanted, String... paths) {
    var request =
        UpdateCharacterRequest.newBuilder()
            .setCharacterId(id)
            .setCharacter(wanted)
            .setUpdateMask(FieldMask.newBuilder().addAllPaths(List.of(paths)));
    return characters.updateCharacter(request.build()).getCharacter();
  }

  private Character get(String id) {
    var request = GetCharacterRequest.newBuilder().setCharacterId(id).build();
    return characters.getCharacter(request).getCharacter();
  }

  private void delete(String id) {
    characters.deleteCharacter(DeleteCharacterRequest.newBuilder().setCharacterId(id).build());
  }

  private List<String> list(int size, String token) {
    var request = ListCharactersRequest.newBuilder().setPageSize(size).setPageToken(token);
    var page = characters.listCharacters(request.build());
    var ids = new ArrayList<>(page.getCharactersList().stream().map(Character::getId).toList());
    if (!page.getNextPageToken().isEmpty()) {
      ids.addAll(list(size, page.getNextPageToken()));
    }
    return ids;
  }

  private record OneService(BindableService only) implements Service {
    @Override
    public String name() {
      return "characters";
    }

    @Override
    public List<BindableService> grpcServices() {
      return List.of(only);
    }

    @Override
    public List<Part> parts() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
