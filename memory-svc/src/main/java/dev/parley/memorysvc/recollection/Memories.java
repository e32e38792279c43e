package dev.parley.memorysvc.recollection;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Deadline;
import dev.parley.memorysvc.vectors.Leg;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.Question;
import dev.parley.memorysvc.vectors.VectorCollections;
import dev.parley.memorysvc.vectors.VectorStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Items as points of one collection an organisation. Every point names its person, and every
 * question asks for it. Safe for use by many threads.
 */
public final class Memories {
  /** The collection in every organisation. */
  public static final String COLLECTION = "parley-memories";

  private final VectorStore store;
  private final VectorCollections collections;

  /** Memories in the collections of a store. */
  public Memories(VectorStore store, VectorCollections collections) {
    this.store = store;
    this.collections = collections;
  }

  /**
   * Keeps items: all entries have the same owner, and replace what was kept under the ids of their
   * items. When it returns the entries survive a crash and are found.
   */
  public void put(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Owner owner = entries.getFirst().owner();
    CollectionKey key = key(owner);
    collections.ensure(key);
    Map<String, Integer> parts = new HashMap<>();
    List<Point> points = new ArrayList<>();
    for (Entry entry : entries) {
      points.add(ItemPoints.point(entry, parts.merge(entry.item().id(), 1, Integer::sum) - 1));
    }
    collections.replace(key, within(Scope.of(owner).only(parts.keySet())), points);
  }

  /**
   * The entries within a scope nearest to a meaning, best first, at most {@code limit}.
   *
   * @param query the text that has the meaning; may be blank
   */
  public List<Hit> nearest(String query, Vector meaning, Scope scope, int limit) {
    return nearest(query, meaning, scope, limit, List.of());
  }

  List<Hit> nearest(String query, Vector meaning, Scope scope, int limit, List<Condition> also) {
    List<Condition> conditions = new ArrayList<>(within(scope));
    conditions.addAll(also);
    Question question =
        new Question(
            Optional.of(meaning), query, List.of(Leg.DENSE), conditions, limit, Deadline.none());
    try {
      return collections.query(key(scope.owner()), question).hits().stream()
          .map(it -> new Hit(ItemPoints.item(it.point()), ItemPoints.kind(it.point()), it.cosine()))
          .toList();
    } catch (Failure e) {
      return orNone(e, List.of());
    }
  }

  /** The items within a scope that fulfil the conditions too, in no order. */
  List<Item> items(Scope scope, List<Condition> also) {
    List<Condition> conditions = new ArrayList<>(within(scope));
    conditions.add(ItemPoints.FIRST);
    conditions.addAll(also);
    try {
      List<Item> items = new ArrayList<>();
      collections.each(key(scope.owner()), conditions, point -> items.add(ItemPoints.item(point)));
      return items;
    } catch (Failure e) {
      return orNone(e, List.of());
    }
  }

  /**
   * The newest items within a scope from before a second, in no order; more than {@code limit}
   * where several are of the oldest second given, fewer only where there are no more.
   *
   * @param below seconds since 1970
   */
  List<Item> newest(Scope scope, List<Condition> also, long below, int limit) {
    List<Condition> conditions = new ArrayList<>(within(scope));
    conditions.add(ItemPoints.FIRST);
    conditions.addAll(also);
    try {
      return collections
          .largest(key(scope.owner()), conditions, ItemPoints.SECONDS, below, limit)
          .stream()
          .map(ItemPoints::item)
          .toList();
    } catch (Failure e) {
      return orNone(e, List.of());
    }
  }

  /** An item of a person. */
  public Optional<Item> find(Owner owner, String id) {
    return items(Scope.of(owner).only(Set.of(id)), List.of()).stream().findFirst();
  }

  /** The fact with a character in a slot. */
  Optional<Item> inSlot(Owner owner, String characterId, String slot) {
    return items(Scope.of(owner).with(characterId), List.of(Condition.is(ItemPoints.SLOT, slot)))
        .stream()
        .findFirst();
  }

  /**
   * Removes the items within a scope, from the storage too. When it returns they are gone.
   *
   * @return how many items (not entries) were removed
   */
  public long remove(Scope scope) {
    Set<String> ids = items(scope, List.of()).stream().map(Item::id).collect(Collectors.toSet());
    if (!ids.isEmpty()) {
      CollectionKey key = key(scope.owner());
      collections.remove(key, within(scope));
      collections.erase(key);
    }
    return ids.size();
  }

  /** Forgets what is over by now and not pinned, of everybody; says how many points went. */
  public long sweep(Instant now) {
    List<Condition> over =
        List.of(
            new Condition.InRange(
                ItemPoints.EXPIRES, Optional.empty(), Optional.of(now.getEpochSecond() + 1)),
            new Condition.Not(Condition.is(ItemPoints.PINNED, "true")));
    long gone = 0;
    for (var collection : store.listAll()) {
      if (collection.key().id().equals(COLLECTION)) {
        long here = collections.remove(collection.key(), over);
        if (here > 0) {
          collections.erase(collection.key());
        }
        gone += here;
      }
    }
    return gone;
  }

  private static <T> T orNone(Failure e, T none) {
    if (e.reason().equals("COLLECTION_NOT_FOUND")) {
      return none;
    }
    throw e;
  }

  private static CollectionKey key(Owner owner) {
    return new CollectionKey(owner.organisationId(), COLLECTION);
  }

  private static List<Condition> within(Scope scope) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Condition.is(ItemPoints.PERSON, scope.owner().personId()));
    scope.characterId().ifPresent(id -> conditions.add(Condition.is(ItemPoints.CHARACTER, id)));
    scope.sessionId().ifPresent(id -> conditions.add(Condition.is(ItemPoints.SESSION, id)));
    scope
        .exceptSessionId()
        .ifPresent(id -> conditions.add(new Condition.Not(Condition.is(ItemPoints.SESSION, id))));
    if (!scope.memoryIds().isEmpty()) {
      conditions.add(new Condition.AnyKeyword(ItemPoints.MEMORY, scope.memoryIds()));
    }
    return conditions;
  }
}
