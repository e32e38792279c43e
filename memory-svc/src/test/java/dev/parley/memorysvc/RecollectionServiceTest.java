package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import dev.parley.kit.concurrent.NativePool;
import dev.parley.kit.host.Hosted;
import dev.parley.kit.identity.Caller;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.kit.settings.Settings;
import dev.parley.memory.v1.DeleteItemRequest;
import dev.parley.memory.v1.EarlierText;
import dev.parley.memory.v1.ExportItemsRequest;
import dev.parley.memory.v1.FactDraft;
import dev.parley.memory.v1.FactKind;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.ItemKind;
import dev.parley.memory.v1.ListItemsRequest;
import dev.parley.memory.v1.ListItemsResponse;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.MemoryServiceGrpc;
import dev.parley.memory.v1.MemoryServiceGrpc.MemoryServiceBlockingStub;
import dev.parley.memory.v1.RecallRequest;
import dev.parley.memory.v1.RecollectionServiceGrpc;
import dev.parley.memory.v1.RecollectionServiceGrpc.RecollectionServiceBlockingStub;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.RememberedTurn;
import dev.parley.memory.v1.SearchItemsRequest;
import dev.parley.memory.v1.UpdateItemRequest;
import dev.parley.memorysvc.redis.RedisServer;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a person, over both contracts, with the real model, index and Redis. */
class RecollectionServiceTest {
  private static final Instant NOW = Instant.now();

  @TempDir static Path folder;
  private static RedisServer redis;
  private static NativePool pool;
  private static Hosted hosted;
  private static ManagedChannel channel;
  private static MemoryServiceBlockingStub memory;
  private static RecollectionServiceBlockingStub items;
  private final Owner ann = new Owner("acme", "ann-" + Ids.next());
  private final Owner bob = new Owner("acme", "bob-" + Ids.next());
  private Duration retention = Duration.ZERO;

  @BeforeAll
  static void start() throws Exception {
    redis = RedisServer.start(folder);
    pool = new NativePool("test", 1, 64);
    MemorySettings settings =
        Settings.load(
                List.of(
                    "--memory.folder=" + folder.resolve("memory"),
                    "--memory.redis=" + redis.address()),
                Map.of(),
                List.of(MemorySettings.class))
            .of(MemorySettings.class);
    String name = "memory-" + Ids.next();
    hosted = Hosted.inProcess(MemoryService.start(settings, pool), name);
    channel = Hosted.channel(name);
    memory = MemoryServiceGrpc.newBlockingStub(channel);
    items = RecollectionServiceGrpc.newBlockingStub(channel);
  }

  @AfterAll
  static void stop() throws Exception {
    channel.shutdownNow();
    hosted.close();
    pool.close();
    redis.close();
  }

  @BeforeEach
  void keepForEver() {
    retention = Duration.ZERO;
  }

  @Test
  void aNewerFactOfTheSameSlotReplacesTheOlderAndKeepsItsHistory() {
    say(ann, "s1", NOW.minusSeconds(90), "I live in Porto.");
    say(ann, "s1", NOW.minusSeconds(60), "I just moved to Lisbon.");

    Item home = only(facts(ann));

    assertThat(home.getText()).isEqualTo("I just moved to Lisbon.");
    assertThat(home.getSlot()).isEqualTo("home");
    assertThat(home.getFactKind()).isEqualTo(FactKind.FACT_KIND_PLACE);
    assertThat(home.getHistoryList())
        .extracting(EarlierText::getText)
        .containsExactly("I live in Porto.");
    assertThat(recall(ann, "where do I live"))
        .extracting(Memory::getPersonText)
        .contains("I just moved to Lisbon.")
        .doesNotContain("I live in Porto.");
  }

  @Test
  void aContraryLikeReplacesTheOther() {
    say(ann, "s1", NOW.minusSeconds(90), "I love strawberries!");
    say(ann, "s1", NOW.minusSeconds(60), "I hate the strawberry, really.");
    assertThat(only(facts(ann)).getText()).isEqualTo("I hate the strawberry, really.");
    assertThat(only(facts(ann)).getHistoryCount()).isEqualTo(1);
  }

  @Test
  void aFactToldTwiceIsOneAndATurnToldLateChangesNothing() {
    say(ann, "s1", NOW.minusSeconds(60), "My name is Ann.");
    say(ann, "s1", NOW.minusSeconds(30), "my name is ann");
    say(ann, "s1", NOW.minusSeconds(300), "My name is Anna.");
    assertThat(only(facts(ann)).getText()).isEqualTo("My name is ann.");
    assertThat(only(facts(ann)).getHistoryCount()).isZero();
  }

  @Test
  void factsOfALanguageModelReplaceTheRules() {
    RememberRequest.Builder request = request(ann, "ada", "s1", NOW, "I love pasta.");
    request
        .setFactsGiven(true)
        .addFacts(
            FactDraft.newBuilder()
                .setKind(FactKind.FACT_KIND_OTHER)
                .setText("I cook at home.")
                .setImportance(0.2f));
    memory.remember(request.build());
    assertThat(only(facts(ann)).getText()).isEqualTo("I cook at home.");

    memory.remember(request(bob, "ada", "s1", NOW, "I love pasta.").setFactsGiven(true).build());
    assertThat(facts(bob)).isEmpty();
  }

  @Test
  void twoPeopleNeverSeeEachOthersMemories() {
    say(ann, "s1", NOW, "My name is Ann.");
    String id = only(facts(ann)).getId();

    assertThat(list(bob)).isEmpty();
    assertThat(search(bob, "name")).isEmpty();
    assertThat(recall(bob, "what is my name")).isEmpty();
    assertThat(export(bob)).isEmpty();
    assertThatThrownBy(() -> pin(bob, id)).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> delete(bob, id)).isInstanceOf(StatusRuntimeException.class);
    assertThat(facts(ann)).hasSize(1);
  }

  @Test
  void whatIsListedIsNewestFirstInPagesAndExportedWhole() {
    for (int i = 0; i < 5; i++) {
      say(ann, "s1", NOW.minusSeconds(100 - i), "The weather is nice on day " + i + ".");
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      String from = token;
      ListItemsResponse page =
          as(
              ann,
              () ->
                  items.listItems(
                      ListItemsRequest.newBuilder().setPageSize(2).setPageToken(from).build()));
      page.getItemsList().forEach(it -> seen.add(it.getText()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).contains("day 4");
    assertThat(export(ann)).extracting(Item::getText).containsExactlyElementsOf(seen);
  }

  @Test
  void aCorrectionKeepsWhatWasSaidAndIsRecalled() {
    say(ann, "s1", NOW, "My sister is called Maria.");
    Item fact = only(facts(ann));

    Item corrected =
        as(
                ann,
                () ->
                    items.updateItem(
                        UpdateItemRequest.newBuilder()
                            .setItemId(fact.getId())
                            .setItem(Item.newBuilder().setText("My sister is called Marta."))
                            .setUpdateMask(FieldMask.newBuilder().addPaths("text"))
                            .build()))
            .getItem();

    assertThat(corrected.getHistory(0).getText()).isEqualTo("My sister is called Maria.");
    assertThat(corrected.getHistory(0).getTurnId()).isEqualTo(fact.getTurnId());
    assertThat(corrected.getTurnId()).isEmpty();
    assertThat(recall(ann, "what is my sister called").getFirst().getPersonText())
        .isEqualTo("My sister is called Marta.");
  }

  @Test
  void deletingATurnTakesItsFactsAndDeletingAFactTakesNothingElse() {
    say(ann, "s1", NOW.minusSeconds(9), "My name is Ann.");
    delete(ann, only(facts(ann)).getId());
    assertThat(list(ann)).extracting(Item::getKind).containsExactly(ItemKind.ITEM_KIND_TURN);

    say(ann, "s1", NOW, "I live in Porto.");
    delete(
        ann,
        list(ann).stream()
            .filter(it -> it.getText().contains("Porto"))
            .filter(it -> it.getKind() == ItemKind.ITEM_KIND_TURN)
            .findFirst()
            .orElseThrow()
            .getId());
    assertThat(list(ann)).extracting(Item::getText).containsExactly("My name is Ann.");
  }

  @Test
  void whatIsOlderThanTheCharacterKeepsThingsIsForgottenUnlessPinned() {
    say(ann, "s1", NOW.minus(Duration.ofDays(40)), "My name is Ann.");
    say(ann, "s1", NOW.minus(Duration.ofDays(40)), "The weather is nice.");
    pin(ann, only(facts(ann)).getId());
    retention = Duration.ofDays(30);

    say(ann, "s2", NOW, "Good morning to you.");

    assertThat(list(ann))
        .extracting(Item::getText)
        .containsExactly("Good morning to you.", "My name is Ann.");
  }

  @Test
  void aLongSessionHasASummaryOfWhatThePersonSaid() {
    for (int i = 0; i < 12; i++) {
      String said = i % 2 == 0 ? "My garden has " + i + " kinds of roses." : "Tomatoes need water.";
      say(ann, "s1", NOW.minusSeconds(100 - i), said);
    }
    List<Item> summaries =
        list(ann).stream().filter(it -> it.getKind() == ItemKind.ITEM_KIND_SUMMARY).toList();
    assertThat(summaries).hasSize(1);
    assertThat(summaries.getFirst().getText()).contains("Tomatoes need water.").contains("roses");
  }

  @Test
  void forgettingASessionTakesWhatItLeftInTheHistoryOfAnother() {
    say(ann, "s1", NOW.minusSeconds(90), "I live in Porto.");
    say(ann, "s2", NOW.minusSeconds(60), "I live in Lisbon.");
    memory.forget(ForgetRequest.newBuilder().setOwner(owner(ann)).setSessionId("s1").build());
    assertThat(only(facts(ann)).getHistoryCount()).isZero();
    assertThat(list(ann)).noneMatch(it -> it.toString().contains("Porto"));
  }

  @Test
  void aFoundItemSaysWhyItIsThere() {
    say(ann, "s1", NOW.minus(Duration.ofHours(100)), "I love pasta.");
    var found = search(ann, "what food do I like").getFirst();
    assertThat(found.getRecency()).isBetween(0.60f, 0.61f);
    assertThat(found.getRelevance()).isBetween(0.3f, 0.9f);
    assertThat(found.getScore()).isBetween(0.5f, 1f);
  }

  private void say(Owner owner, String session, Instant time, String said) {
    memory.remember(request(owner, "ada", session, time, said).build());
  }

  private RememberRequest.Builder request(
      Owner owner, String character, String session, Instant time, String said) {
    RememberRequest.Builder request =
        RememberRequest.newBuilder()
            .setOwner(owner(owner))
            .setCharacterId(character)
            .setTurn(
                RememberedTurn.newBuilder()
                    .setTurnId(Ids.next())
                    .setSessionId(session)
                    .setPersonText(said)
                    .setCharacterText("I see.")
                    .setTime(Timestamp.newBuilder().setSeconds(time.getEpochSecond())));
    if (!retention.isZero()) {
      request.getRetentionBuilder().setSeconds(retention.toSeconds());
    }
    return request;
  }

  private List<Memory> recall(Owner owner, String query) {
    return memory
        .recall(
            RecallRequest.newBuilder()
                .setOwner(owner(owner))
                .setCharacterId("ada")
                .setQuery(query)
                .build())
        .getMemoriesList();
  }

  private List<Item> list(Owner owner) {
    return as(owner, () -> items.listItems(ListItemsRequest.getDefaultInstance())).getItemsList();
  }

  private List<Item> facts(Owner owner) {
    ListItemsRequest request =
        ListItemsRequest.newBuilder().setKind(ItemKind.ITEM_KIND_FACT).build();
    return as(owner, () -> items.listItems(request)).getItemsList();
  }

  private List<dev.parley.memory.v1.ScoredItem> search(Owner owner, String query) {
    SearchItemsRequest request = SearchItemsRequest.newBuilder().setQuery(query).build();
    return as(owner, () -> items.searchItems(request)).getItemsList();
  }

  private List<Item> export(Owner owner) {
    return as(
        owner,
        () -> {
          List<Item> all = new ArrayList<>();
          items
              .exportItems(ExportItemsRequest.getDefaultInstance())
              .forEachRemaining(it -> all.add(it.getItem()));
          return all;
        });
  }

  private void pin(Owner owner, String id) {
    UpdateItemRequest request =
        UpdateItemRequest.newBuilder()
            .setItemId(id)
            .setItem(Item.newBuilder().setPinned(true))
            .build();
    assertThat(as(owner, () -> items.updateItem(request)).getItem().getPinned()).isTrue();
  }

  private void delete(Owner owner, String id) {
    as(owner, () -> items.deleteItem(DeleteItemRequest.newBuilder().setItemId(id).build()));
  }

  private static <T> T as(Owner owner, Supplier<T> call) {
    Context before = new Caller(owner, Ids.next(), false).attachTo(Context.ROOT).attach();
    try {
      return call.get();
    } finally {
      Context.current().detach(before);
    }
  }

  private static Item only(List<Item> all) {
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static dev.parley.type.v1.Owner owner(Owner owner) {
    return dev.parley.type.v1.Owner.newBuilder()
        .setOrganisationId(owner.organisationId())
        .setPersonId(owner.personId())
        .build();
  }
}
