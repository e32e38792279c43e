package dev.parley.memorysvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.FieldMask;
import dev.parley.kit.identity.Owner;
import dev.parley.kit.ids.Ids;
import dev.parley.memory.v1.EarlierText;
import dev.parley.memory.v1.FactDraft;
import dev.parley.memory.v1.FactKind;
import dev.parley.memory.v1.ForgetRequest;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.ItemKind;
import dev.parley.memory.v1.ListItemsRequest;
import dev.parley.memory.v1.ListItemsResponse;
import dev.parley.memory.v1.Memory;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.UpdateItemRequest;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a person, over both contracts, with the real model, index and Redis. */
class RecollectionServiceTest {
  private static final Instant NOW = Instant.now();

  @TempDir static Path folder;
  private static People people;
  private final Owner ann = new Owner("acme", "ann-" + Ids.next());
  private final Owner bob = new Owner("acme", "bob-" + Ids.next());

  @BeforeAll
  static void start() throws Exception {
    people = new People(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    people.close();
  }

  @Test
  void aNewerFactOfTheSameSlotReplacesTheOlderAndKeepsItsHistory() {
    people.say(ann, "s1", NOW.minusSeconds(90), "I live in Porto.");
    people.say(ann, "s1", NOW.minusSeconds(60), "I just moved to Lisbon.");

    Item home = only(people.facts(ann));

    assertThat(home.getText()).isEqualTo("I just moved to Lisbon.");
    assertThat(home.getSlot()).isEqualTo("home");
    assertThat(home.getFactKind()).isEqualTo(FactKind.FACT_KIND_PLACE);
    assertThat(home.getHistoryList())
        .extracting(EarlierText::getText)
        .containsExactly("I live in Porto.");
    assertThat(people.recall(ann, "where do I live"))
        .extracting(Memory::getPersonText)
        .contains("I just moved to Lisbon.")
        .doesNotContain("I live in Porto.");
  }

  @Test
  void aContraryLikeReplacesTheOther() {
    people.say(ann, "s1", NOW.minusSeconds(90), "I love strawberries!");
    people.say(ann, "s1", NOW.minusSeconds(60), "I hate the strawberry, really.");
    assertThat(only(people.facts(ann)).getText()).isEqualTo("I hate the strawberry, really.");
    assertThat(only(people.facts(ann)).getHistoryCount()).isEqualTo(1);
  }

  @Test
  void aFactToldTwiceIsOneAndATurnToldLateChangesNothing() {
    people.say(ann, "s1", NOW.minusSeconds(60), "My name is Ann.");
    people.say(ann, "s1", NOW.minusSeconds(30), "my name is ann");
    people.say(ann, "s1", NOW.minusSeconds(300), "My name is Anna.");
    assertThat(only(people.facts(ann)).getText()).isEqualTo("My name is ann.");
    assertThat(only(people.facts(ann)).getHistoryCount()).isZero();
  }

  @Test
  void aTurnThatIsRememberedOnceMoreWithALessExactTimeIsRecalled() {
    var turn = people.request(ann, "ada", "s1", NOW, "My sister is called Maria.");
    turn.getTurnBuilder().getTimeBuilder().setNanos(814_262_382);
    people.memory.remember(turn.build());
    turn.getTurnBuilder().getTimeBuilder().setNanos(814_262_000);
    people.memory.remember(turn.build());
    assertThat(people.recall(ann, "what is my sister called"))
        .extracting(Memory::getPersonText)
        .containsExactly("My sister is called Maria.");
  }

  @Test
  void factsOfALanguageModelReplaceTheRules() {
    RememberRequest.Builder request = people.request(ann, "ada", "s1", NOW, "I love pasta.");
    request
        .setFactsGiven(true)
        .addFacts(
            FactDraft.newBuilder()
                .setKind(FactKind.FACT_KIND_OTHER)
                .setText("I cook at home.")
                .setImportance(0.2f));
    people.memory.remember(request.build());
    assertThat(only(people.facts(ann)).getText()).isEqualTo("I cook at home.");

    people.memory.remember(
        people.request(bob, "ada", "s1", NOW, "I love pasta.").setFactsGiven(true).build());
    assertThat(people.facts(bob)).isEmpty();
  }

  @Test
  void twoPeopleNeverSeeEachOthersMemories() {
    people.say(ann, "s1", NOW, "My name is Ann.");
    String id = only(people.facts(ann)).getId();

    assertThat(people.list(bob)).isEmpty();
    assertThat(people.search(bob, "name")).isEmpty();
    assertThat(people.recall(bob, "what is my name")).isEmpty();
    assertThat(people.export(bob)).isEmpty();
    assertThatThrownBy(() -> people.pin(bob, id)).isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> people.delete(bob, id)).isInstanceOf(StatusRuntimeException.class);
    assertThat(people.facts(ann)).hasSize(1);
  }

  @Test
  void whatIsListedIsNewestFirstInPagesAndExportedWhole() {
    for (int i = 0; i < 5; i++) {
      people.say(ann, "s1", NOW.minusSeconds(100 - i), "The weather is nice on day " + i + ".");
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      String from = token;
      ListItemsResponse page =
          People.as(
              ann,
              () ->
                  people.items.listItems(
                      ListItemsRequest.newBuilder().setPageSize(2).setPageToken(from).build()));
      page.getItemsList().forEach(it -> seen.add(it.getText()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    assertThat(seen.getFirst()).contains("day 4");
    assertThat(people.export(ann)).extracting(Item::getText).containsExactlyElementsOf(seen);
  }

  @Test
  void aCorrectionKeepsWhatWasSaidAndIsRecalled() {
    people.say(ann, "s1", NOW, "My sister is called Maria.");
    Item fact = only(people.facts(ann));

    Item corrected =
        People.as(
                ann,
                () ->
                    people.items.updateItem(
                        UpdateItemRequest.newBuilder()
                            .setItemId(fact.getId())
                            .setItem(Item.newBuilder().setText("My sister is called Marta."))
                            .setUpdateMask(FieldMask.newBuilder().addPaths("text"))
                            .build()))
            .getItem();

    assertThat(corrected.getHistory(0).getText()).isEqualTo("My sister is called Maria.");
    assertThat(corrected.getHistory(0).getTurnId()).isEqualTo(fact.getTurnId());
    assertThat(corrected.getTurnId()).isEmpty();
    assertThat(people.recall(ann, "what is my sister called").getFirst().getPersonText())
        .isEqualTo("My sister is called Marta.");
  }

  @Test
  void deletingATurnTakesItsFactsAndDeletingAFactTakesNothingElse() {
    people.say(ann, "s1", NOW.minusSeconds(9), "My name is Ann.");
    people.delete(ann, only(people.facts(ann)).getId());
    assertThat(people.list(ann)).extracting(Item::getKind).containsExactly(ItemKind.ITEM_KIND_TURN);

    people.say(ann, "s1", NOW, "I live in Porto.");
    people.delete(
        ann,
        people.list(ann).stream()
            .filter(it -> it.getText().contains("Porto"))
            .filter(it -> it.getKind() == ItemKind.ITEM_KIND_TURN)
            .findFirst()
            .orElseThrow()
            .getId());
    assertThat(people.list(ann)).extracting(Item::getText).containsExactly("My name is Ann.");
  }

  @Test
  void whatIsOlderThanTheCharacterKeepsThingsIsForgottenUnlessPinned() {
    people.say(ann, "s1", NOW.minus(Duration.ofDays(40)), "My name is Ann.");
    people.say(ann, "s1", NOW.minus(Duration.ofDays(40)), "The weather is nice.");
    people.pin(ann, only(people.facts(ann)).getId());

    var later = people.request(ann, "ada", "s2", NOW, "Good morning to you.");
    later.getRetentionBuilder().setSeconds(Duration.ofDays(30).toSeconds());
    people.memory.remember(later.build());

    assertThat(people.list(ann))
        .extracting(Item::getText)
        .containsExactly("Good morning to you.", "My name is Ann.");
  }

  @Test
  void aLongSessionHasASummaryOfWhatThePersonSaid() {
    for (int i = 0; i < 12; i++) {
      String said = i % 2 == 0 ? "My garden has " + i + " kinds of roses." : "Tomatoes need water.";
      people.say(ann, "s1", NOW.minusSeconds(100 - i), said);
    }
    List<Item> summaries =
        people.list(ann).stream().filter(it -> it.getKind() == ItemKind.ITEM_KIND_SUMMARY).toList();
    assertThat(summaries).hasSize(1);
    assertThat(summaries.getFirst().getText()).contains("Tomatoes need water.").contains("roses");
  }

  @Test
  void forgettingASessionTakesWhatItLeftInTheHistoryOfAnother() {
    people.say(ann, "s1", NOW.minusSeconds(90), "I live in Porto.");
    people.say(ann, "s2", NOW.minusSeconds(60), "I live in Lisbon.");
    people.memory.forget(
        ForgetRequest.newBuilder().setOwner(People.owner(ann)).setSessionId("s1").build());
    assertThat(only(people.facts(ann)).getHistoryCount()).isZero();
    assertThat(people.list(ann)).noneMatch(it -> it.toString().contains("Porto"));
  }

  @Test
  void aFoundItemSaysWhyItIsThere() {
    people.say(ann, "s1", NOW.minus(Duration.ofHours(100)), "I love pasta.");
    var found = people.search(ann, "what food do I like").getFirst();
    assertThat(found.getRecency()).isBetween(0.60f, 0.61f);
    assertThat(found.getRelevance()).isBetween(0.3f, 0.9f);
    assertThat(found.getScore()).isBetween(0.5f, 1f);
  }

  private static Item only(List<Item> all) {
    assertThat(all).hasSize(1);
    return all.getFirst();
  }
}
