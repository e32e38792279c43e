package dev.parley.memorysvc.grpc;

import dev.parley.memory.v1.EarlierText;
import dev.parley.memory.v1.FactDraft;
import dev.parley.memory.v1.FactKind;
import dev.parley.memory.v1.Item;
import dev.parley.memory.v1.ItemKind;
import dev.parley.memory.v1.RememberRequest;
import dev.parley.memory.v1.ScoredItem;
import dev.parley.memorysvc.recollection.Fact;
import dev.parley.memorysvc.recollection.Memory;
import dev.parley.memorysvc.recollection.RememberedTurn;
import dev.parley.memorysvc.recollection.Retention;
import dev.parley.memorysvc.recollection.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Items and facts, between the contract and the domain. */
final class ItemMessages {
  private ItemMessages() {}

  static Told told(RememberRequest request, RememberedTurn turn, int keep) {
    Optional<List<Fact>> facts =
        request.getFactsGiven() || request.getFactsCount() > 0
            ? Optional.of(request.getFactsList().stream().map(ItemMessages::fact).toList())
            : Optional.empty();
    Optional<String> summary = Optional.of(request.getSummary()).filter(it -> !it.isBlank());
    Optional<Duration> age =
        request.hasRetention()
            ? Optional.of(
                Duration.ofSeconds(
                    request.getRetention().getSeconds(), request.getRetention().getNanos()))
            : Optional.empty();
    return new Told(turn, keep, facts, summary, new Retention(age));
  }

  private static Fact fact(FactDraft draft) {
    return new Fact(kind(draft.getKind()), draft.getText(), draft.getSlot(), draft.getImportance());
  }

  static Item item(dev.parley.memorysvc.recollection.Item item) {
    Item.Builder message =
        Item.newBuilder()
            .setId(item.id())
            .setKind(kind(item.kind()))
            .setCharacterId(item.turn().characterId())
            .setText(item.text())
            .setCharacterText(item.turn().characterText())
            .setFactKind(kind(item.factKind()))
            .setSlot(item.slot())
            .setImportance((float) item.importance())
            .setPinned(item.pinned())
            .setSessionId(item.turn().sessionId())
            .setTurnId(item.turn().turnId())
            .setTime(Turns.timestamp(item.time()));
    item.history()
        .forEach(it ->
            message.addHistory(
                EarlierText.newBuilder()
                    .setText(it.text())
                    .setTurnId(it.turnId())
                    .setTime(Turns.timestamp(it.time()))));
    return message.build();
  }

  static ScoredItem scored(Memory memory) {
    return ScoredItem.newBuilder()
        .setItem(item(memory.item()))
        .setScore((float) memory.rank())
        .setRelevance((float) memory.score())
        .setRecency((float) memory.recency())
        .build();
  }

  static ItemKind kind(dev.parley.memorysvc.recollection.ItemKind kind) {
    return switch (kind) {
      case TURN -> ItemKind.ITEM_KIND_TURN;
      case FACT -> ItemKind.ITEM_KIND_FACT;
      case SUMMARY -> ItemKind.ITEM_KIND_SUMMARY;
    };
  }

  static Optional<dev.parley.memorysvc.recollection.ItemKind> kind(ItemKind kind) {
    return switch (kind) {
      case ITEM_KIND_TURN -> Optional.of(dev.parley.memorysvc.recollection.ItemKind.TURN);
      case ITEM_KIND_FACT -> Optional.of(dev.parley.memorysvc.recollection.ItemKind.FACT);
      case ITEM_KIND_SUMMARY -> Optional.of(dev.parley.memorysvc.recollection.ItemKind.SUMMARY);
      case ITEM_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  private static FactKind kind(dev.parley.memorysvc.recollection.FactKind kind) {
    return switch (kind) {
      case NONE -> FactKind.FACT_KIND_UNSPECIFIED;
      case NAME -> FactKind.FACT_KIND_NAME;
      case LIKE -> FactKind.FACT_KIND_LIKE;
      case PERSON -> FactKind.FACT_KIND_PERSON;
      case PLACE -> FactKind.FACT_KIND_PLACE;
      case PLAN -> FactKind.FACT_KIND_PLAN;
      case OTHER -> FactKind.FACT_KIND_OTHER;
    };
  }

  private static dev.parley.memorysvc.recollection.FactKind kind(FactKind kind) {
    return switch (kind) {
      case FACT_KIND_NAME -> dev.parley.memorysvc.recollection.FactKind.NAME;
      case FACT_KIND_LIKE -> dev.parley.memorysvc.recollection.FactKind.LIKE;
      case FACT_KIND_PERSON -> dev.parley.memorysvc.recollection.FactKind.PERSON;
      case FACT_KIND_PLACE -> dev.parley.memorysvc.recollection.FactKind.PLACE;
      case FACT_KIND_PLAN -> dev.parley.memorysvc.recollection.FactKind.PLAN;
      case FACT_KIND_OTHER, FACT_KIND_UNSPECIFIED, UNRECOGNIZED ->
          dev.parley.memorysvc.recollection.FactKind.OTHER;
    };
  }
}
