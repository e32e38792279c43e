package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.settings.Settings;
import dev.parley.memory.v1.EmbedRequest;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.ListRecentTurnsRequest;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc.MemoryServiceBlockingStub;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.memory.v1.RerankRequest;
import dev.parley.memory.v1.RerankResponse;
import dev.parley.memory.v1.TokenizeRequest;
import dev.parley.memorysvc.onnx.TinyCrossEncoder;
import dev.parley.memorysvc.redis.RedisServer;
import dev.parley.type.v1.Owner;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with the real model, index and redis-server, over its contract. */
class MemoryServiceTest {
  private static final Owner ANN = owner("ann");
  private static final Owner BOB = owner("bob");

  @TempDir Path folder;
  private RedisServer redis;
  private NativePool pool;
  private Hosted hosted;
  private ManagedChannel channel;
  private MemoryServiceBlockingStub memory;

  @BeforeEach
  void start() throws Exception {
    redis = RedisServer.start(folder);
    pool = new NativePool("test", 1, 64);
    open();
  }

  @AfterEach
  void stop() throws Exception {
    shut();
    pool.close();
    redis.close();
  }

  private void open(String... more) {
    MemorySettings settings =
        Settings.load(
                Stream.concat(
                        Stream.of(
                            "--memory.folder=" + folder.resolve("memory"),
                            "--memory.redis=" + redis.address()),
                        Stream.of(more))
                    .toList(),
                Map.of(),
                List.of(MemorySettings.class))
            .of(MemorySettings.class);
    String name = "memory-" + Ids.next();
    hosted = Hosted.inProcess(MemoryService.start(settings, pool), name);
    channel = Hosted.channel(name);
    memory = MemoryServiceGrpc.newBlockingStub(channel);
  }

  private void shut() {
    channel.shutdownNow();
    hosted.close();
  }

  @Test
  void whatFoodDoILikeFindsILovePasta() {
    remember(ANN, "ada", "s1", "My car broke down yesterday", "Oh no.");
    remember(ANN, "ada", "s1", "what food do I like", "I don't know that.");
    remember(ANN, "ada", "s1", "I love pasta", "Good to know.");
    remember(ANN, "ada", "s1", "My sister is called Maria", "A lovely name.");

    List<Memory> found = recall(ANN, "ada", "what food do I like");

    assertThat(found.getFirst().getPersonText()).isEqualTo("I love pasta");
    assertThat(found.getFirst().getScore()).isBetween(0.3f, 0.9f);
    assertThat(recall(ANN, "ada", "who is my sister?").getFirst().getPersonText())
        .isEqualTo("My sister is called Maria");
  }

  @Test
  void aCrossEncoderOfYourOwnJudgesTexts() {
    RerankRequest asked =
        RerankRequest.newBuilder()
            .setQuery("lighthouse keeper")
            .addTexts("it rains")
            .addTexts("the lighthouse")
            .build();
    assertThat(memory.rerank(asked)).isEqualTo(RerankResponse.getDefaultInstance());
    shut();
    open("--memory.reranker-folder=" + TinyCrossEncoder.in(folder.resolve("judge"), false));
    RerankResponse judged = memory.rerank(asked);
    assertThat(judged.getModel()).isEqualTo("judge");
    assertThat(judged.getScores(1)).isGreaterThan(judged.getScores(0));
  }

  @Test
  void anAnswerIsRecalledToo() {
    remember(ANN, "ada", "s1", "Tell me about yourself", "I grew up in a lighthouse in Norway.");
    remember(ANN, "ada", "s1", "It rains a lot here", "Take an umbrella.");
    assertThat(recall(ANN, "ada", "where did you grow up").getFirst().getCharacterText())
        .contains("lighthouse");
  }

  @Test
  void aPersonAndACharacterSeeTheirOwnOnly() {
    remember(ANN, "ada", "s1", "I love pasta", "Fine.");
    assertThat(recall(BOB, "ada", "what food do I like")).isEmpty();
    assertThat(recall(ANN, "ben", "what food do I like")).isEmpty();
    assertThat(recent(BOB, "s1")).isEmpty();
    assertThat(recall(ANN, "ada", "what food do I like")).hasSize(1);
  }

  @Test
  void theSameTurnTwiceIsOneMemoryWithTheLastWords() {
    String turn = Ids.next();
    List<String> first = remember(ANN, "ada", "s1", turn, "I love pasta", "Good to know you love");
    List<String> second = remember(ANN, "ada", "s1", turn, "I love pasta", "Good to");

    assertThat(first).as("the turn and the fact").hasSize(2);
    assertThat(second).isEqualTo(first.subList(0, 1));
    assertThat(recall(ANN, "ada", "pasta")).hasSize(1);
    assertThat(recall(ANN, "ada", "pasta").getFirst().getCharacterText()).isEqualTo("Good to");
    assertThat(recent(ANN, "s1"))
        .extracting(RememberedTurn::getCharacterText)
        .containsExactly("Good to");
  }

  @Test
  void memoriesAreThereAfterARestart() {
    remember(ANN, "ada", "s1", "I love pasta", "Good to know.");
    shut();
    open();
    assertThat(recall(ANN, "ada", "what food do I like").getFirst().getPersonText())
        .isEqualTo("I love pasta");
    assertThat(recent(ANN, "s1")).hasSize(1);
  }

  @Test
  void theSessionAtHandIsLeftOutWhenAsked() {
    remember(ANN, "ada", "s1", "I love pasta", "Fine.");
    var request = RecallRequest.newBuilder().setOwner(ANN).setCharacterId("ada").setQuery("pasta");
    assertThat(memory.recall(request.setExceptSessionId("s1").build()).getMemoriesList()).isEmpty();
    assertThat(memory.recall(request.setExceptSessionId("s2").build()).getMemoriesList())
        .hasSize(1);
  }

  @Test
  void forgettingASessionLeavesTheOthersAndForgettingThePersonNothing() {
    remember(ANN, "ada", "s1", "I love pasta", "Fine.");
    remember(ANN, "ada", "s2", "I hate rain", "Same here.");
    remember(BOB, "ada", "s3", "I love rice", "Fine.");

    var gone = memory.forget(ForgetRequest.newBuilder().setOwner(ANN).setSessionId("s1").build());
    assertThat(gone.getMemories()).as("the turn and the fact").isEqualTo(2);
    assertThat(gone.getRecentTurns()).isEqualTo(1);
    assertThat(recall(ANN, "ada", "pasta"))
        .extracting(Memory::getPersonText)
        .containsExactly("I hate rain");

    memory.forget(ForgetRequest.newBuilder().setOwner(ANN).build());
    assertThat(recall(ANN, "ada", "rain")).isEmpty();
    assertThat(recent(ANN, "s2")).isEmpty();
    assertThat(recall(BOB, "ada", "rice")).hasSize(1);
  }

  @Test
  void aGreetingStaysAtHandAndMakesNoMemory() {
    assertThat(remember(ANN, "ada", "s1", "", "Hello, I am Ada.")).isEmpty();
    assertThat(recent(ANN, "s1")).hasSize(1);
    assertThat(recall(ANN, "ada", "hello")).isEmpty();
  }

  @Test
  void anOwnerlessRequestIsRefused() {
    var request =
        RecallRequest.newBuilder()
            .setOwner(Owner.getDefaultInstance())
            .setCharacterId("ada")
            .setQuery("x")
            .build();
    assertThatThrownBy(() -> memory.recall(request))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void embeddingNamesItsModelAndEveryPartIsUp() {
    var response = memory.embed(EmbedRequest.newBuilder().addTexts("a").addTexts("b").build());
    assertThat(response.getModel()).isEqualTo("all-MiniLM-L6-v2-q");
    assertThat(response.getVectorsList()).hasSize(2).allMatch(v -> v.getValuesCount() == 384);
    assertThat(hosted.service().parts()).hasSize(3).allMatch(part -> part.check().get().up());
  }

  @Test
  void tokensStandWhereTheTextHasThem() {
    String text = "Hello \uD83D\uDE00 unbelievably good Ünïcödé";
    var response =
        memory.tokenize(
            TokenizeRequest.newBuilder()
                .addTexts(text)
                .addTexts("")
                .addTexts("a ".repeat(9000))
                .build());

    List<Integer> starts = response.getTokens(0).getStartsList();
    assertThat(response.getMaxTokens()).isEqualTo(254);
    assertThat(starts)
        .isSorted()
        .startsWith(0, 6)
        .contains(text.indexOf("good"), text.indexOf("Ü"));
    assertThat(response.getTokens(1).getStartsCount()).isZero();
    assertThat(response.getTokens(2).getStartsCount()).isEqualTo(9000);
  }

  private List<String> remember(
      Owner owner, String character, String session, String said, String answered) {
    return remember(owner, character, session, Ids.next(), said, answered);
  }

  private List<String> remember(
      Owner owner, String character, String session, String turn, String said, String answered) {
    RememberedTurn remembered =
        RememberedTurn.newBuilder()
            .setTurnId(turn)
            .setSessionId(session)
            .setPersonText(said)
            .setCharacterText(answered)
            .build();
    RememberRequest request =
        RememberRequest.newBuilder()
            .setOwner(owner)
            .setCharacterId(character)
            .setTurn(remembered)
            .build();
    return memory.remember(request).getMemoryIdsList();
  }

  private List<Memory> recall(Owner owner, String character, String query) {
    return memory
        .recall(
            RecallRequest.newBuilder()
                .setOwner(owner)
                .setCharacterId(character)
                .setQuery(query)
                .build())
        .getMemoriesList();
  }

  private List<RememberedTurn> recent(Owner owner, String session) {
    return memory
        .listRecentTurns(
            ListRecentTurnsRequest.newBuilder().setOwner(owner).setSessionId(session).build())
        .getTurnsList();
  }

  private static Owner owner(String person) {
    return Owner.newBuilder().setOrganisationId("acme").setPersonId(person).build();
  }
}
