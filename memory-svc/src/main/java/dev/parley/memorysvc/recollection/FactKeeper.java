package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts new facts beside those that are known: one of the same slot replaces the older, which goes
 * into its history; one that is told again is only refreshed. Likes of things whose meanings are
 * nearer than {@value #SAME_THING} share a slot, other facts are the same from {@value #SAME_FACT}.
 */
final class FactKeeper {
  private static final String LIKE = "like:";
  private static final double SAME_THING = 0.85;
  private static final double SAME_FACT = 0.95;
  private static final int LOOKED_AT = 8;

  private final Memories memories;
  private final Embedder embedder;

  FactKeeper(Memories memories, Embedder embedder) {
    this.memories = memories;
    this.embedder = embedder;
  }

  /** The items that are new or changed by what a turn told. */
  List<Item> merged(Owner owner, RememberedTurn turn, List<Fact> facts, Retention retention) {
    Map<String, Item> changed = new LinkedHashMap<>();
    for (Fact fact : facts) {
      Optional<Item> known = known(owner, turn.characterId(), fact, List.copyOf(changed.values()));
      Item item =
          known
              .map(it -> merged(it, turn, fact, retention))
              .orElseGet(() -> fresh(owner, turn, fact, retention));
      if (known.filter(item::equals).isEmpty()) {
        changed.put(item.id(), item);
      }
    }
    return List.copyOf(changed.values());
  }

  private static Item fresh(Owner owner, RememberedTurn turn, Fact fact, Retention retention) {
    String name = "fact/" + (fact.slot().isEmpty() ? fact.text() : fact.slot());
    return new Item(
        MemoryId.of(owner, turn.turnId(), name),
        ItemKind.FACT,
        source(turn, fact),
        fact.kind(),
        fact.slot(),
        fact.importance(),
        false,
        retention.end(turn.time()),
        List.of());
  }

  private static Item merged(Item known, RememberedTurn turn, Fact fact, Retention retention) {
    if (turn.time().isBefore(known.time())) {
      return known;
    }
    boolean same = plain(known.text()).equals(plain(fact.text()));
    if (same && known.turn().turnId().equals(turn.turnId())) {
      return known;
    }
    return same
        ? known.again(source(turn, fact), retention.end(turn.time()))
        : known.now(source(turn, fact), fact.importance(), retention.end(turn.time()));
  }

  private static RememberedTurn source(RememberedTurn turn, Fact fact) {
    return new RememberedTurn(
        turn.turnId(), turn.sessionId(), turn.characterId(), fact.text(), "", turn.time());
  }

  private Optional<Item> known(Owner owner, String character, Fact fact, List<Item> changed) {
    Optional<Item> here =
        changed.stream()
            .filter(it -> !fact.slot().isEmpty() && it.slot().equals(fact.slot()))
            .findFirst();
    if (here.isPresent()) {
      return here;
    }
    Scope scope = Scope.of(owner).with(character);
    if (fact.slot().isEmpty()) {
      return nearest(scope, fact).filter(it -> it.cosine() >= SAME_FACT).map(Hit::item).findFirst();
    }
    Optional<Item> inSlot = memories.inSlot(owner, character, fact.slot());
    return inSlot.isEmpty() && fact.slot().startsWith(LIKE) ? sameThing(scope, fact) : inSlot;
  }

  private Optional<Item> sameThing(Scope scope, Fact fact) {
    Vector thing = meaning(fact.slot().substring(LIKE.length()));
    return nearest(scope, fact)
        .map(Hit::item)
        .filter(it -> it.slot().startsWith(LIKE))
        .filter(it -> thing.cosine(meaning(it.slot().substring(LIKE.length()))) >= SAME_THING)
        .findFirst();
  }

  private java.util.stream.Stream<Hit> nearest(Scope scope, Fact fact) {
    List<Condition> same = new ArrayList<>();
    same.add(Condition.is(ItemPoints.ITEM, ItemKind.FACT.name()));
    same.add(Condition.is(ItemPoints.FACT, fact.kind().name()));
    return memories.nearest(fact.text(), meaning(fact.text()), scope, LOOKED_AT, same).stream();
  }

  private Vector meaning(String text) {
    return embedder.embed(List.of(text)).getFirst();
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
  }
}
