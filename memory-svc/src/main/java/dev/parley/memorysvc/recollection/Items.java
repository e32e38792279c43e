package dev.parley.memorysvc.recollection;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Embedder;
import dev.parley.memorysvc.vectors.Condition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What is remembered, for the person it is about: to read, correct, pin and delete. Safe for use by
 * many threads.
 */
public final class Items {
  /** Where an item stands among all, newest first. */
  public record Place(Instant time, String id) {
    private boolean isBefore(Item item) {
      int earlier = time.compareTo(item.time());
      return earlier > 0 || earlier == 0 && id.compareTo(item.id()) < 0;
    }
  }

  /**
   * A part of the items.
   *
   * @param more whether there are more behind it
   */
  public record Page(List<Item> items, boolean more) {
    /** Where it ends. */
    public Optional<Place> last() {
      return items.isEmpty()
          ? Optional.empty()
          : Optional.of(new Place(items.getLast().time(), items.getLast().id()));
    }
  }

  private static final int AT_ONCE = 500;

  /** Newest first. */
  private static final Comparator<Item> ORDER =
      Comparator.comparing(Item::time).reversed().thenComparing(Item::id);

  private final Memories memories;
  private final Recollection recollection;
  private final RecentTurns recent;
  private final RecallTimes times;
  private final Entries entries;
  private final InstantSource clock;

  /** The items of a recollection, which stands on the same places. */
  public Items(
      Recollection recollection,
      Memories memories,
      RecentTurns recent,
      RecallTimes times,
      Embedder embedder,
      InstantSource clock) {
    this.recollection = recollection;
    this.memories = memories;
    this.recent = recent;
    this.times = times;
    this.entries = new Entries(embedder);
    this.clock = clock;
  }

  /**
   * A part of the items within a scope, newest first; those that are over are gone already.
   *
   * @param after where the part before ended; empty begins at the newest
   */
  public Page page(Scope scope, Optional<ItemKind> kind, Optional<Place> after, int size) {
    Instant now = clock.instant();
    List<Condition> also = kind.map(ItemPoints::is).map(List::of).orElse(List.of());
    List<Item> page = new ArrayList<>();
    long below = after.map(it -> it.time().getEpochSecond() + 1).orElse(Long.MAX_VALUE);
    boolean more = true;
    while (more && page.size() <= size) {
      List<Item> found = memories.newest(scope, also, below, size + 1);
      found.stream()
          .filter(it -> !it.isOver(now) && after.map(place -> place.isBefore(it)).orElse(true))
          .forEach(page::add);
      more = found.size() > size;
      below = found.stream().mapToLong(it -> it.time().getEpochSecond()).min().orElse(below);
    }
    page.sort(ORDER);
    return new Page(page.stream().limit(size).toList(), page.size() > size);
  }

  /** All items within a scope, newest first, a part at a time. */
  public void each(Scope scope, Consumer<Item> work) {
    Optional<Place> after = Optional.empty();
    Page page;
    do {
      page = page(scope, Optional.empty(), after, AT_ONCE);
      page.items().forEach(work);
      after = page.last();
    } while (page.more());
  }

  /** The items that fit a text, best first. */
  public List<Memory> search(Scope scope, String query, int limit) {
    return recollection.search(scope, query, limit);
  }

  /**
   * Changes an item. A corrected one keeps what it was in its history.
   *
   * @throws Failure MEMORY_NOT_FOUND
   */
  public Item update(Owner owner, String id, Optional<String> text, Optional<Boolean> pinned) {
    return recollection.alone(
        owner,
        () -> {
          Item item = found(owner, id);
          Item changed =
              text.filter(it -> !it.equals(item.text()))
                  .map(it -> corrected(item, it))
                  .orElse(item);
          Item kept = pinned.map(changed::pinned).orElse(changed);
          memories.put(entries.of(owner, List.of(kept)));
          return kept;
        });
  }

  private Item corrected(Item item, String text) {
    RememberedTurn turn = item.turn();
    RememberedTurn source =
        new RememberedTurn(
            item.kind() == ItemKind.TURN ? turn.turnId() : "",
            turn.sessionId(),
            turn.characterId(),
            text,
            turn.characterText(),
            clock.instant());
    return item.now(source, item.importance(), item.expires());
  }

  /**
   * Forgets an item; of a turn also the facts in it, the summary of its session and what is at hand
   * of it. Gone when it returns.
   *
   * @throws Failure MEMORY_NOT_FOUND
   */
  public void delete(Owner owner, String id) {
    recollection.alone(
        owner,
        () -> {
          Set<String> gone =
              withWhatWasMadeOf(owner, found(owner, id)).stream()
                  .map(Item::id)
                  .collect(Collectors.toSet());
          Scope scope = Scope.of(owner).only(gone);
          recent.remove(scope);
          times.remove(owner, gone);
          return memories.remove(scope);
        });
  }

  private List<Item> withWhatWasMadeOf(Owner owner, Item item) {
    List<Item> all = new ArrayList<>(List.of(item));
    if (item.kind() == ItemKind.TURN) {
      Scope session = Scope.of(owner).with(item.turn().characterId()).in(item.turn().sessionId());
      memories.items(session, List.of()).stream()
          .filter(it ->
              it.kind() == ItemKind.SUMMARY
                  || it.kind() == ItemKind.FACT && it.turn().turnId().equals(item.turn().turnId()))
          .forEach(all::add);
    }
    return all;
  }

  private Item found(Owner owner, String id) {
    return memories.find(owner, id).orElseThrow(() -> Failure.notFound("memory", id));
  }
}
