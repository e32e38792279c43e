package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Collections of organisations. Thread-safe. */
public final class Collections {
  private final CollectionStore store;
  private final InstantSource clock;

  /** Over a store. */
  public Collections(CollectionStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One collection. Fails with COLLECTION_NOT_FOUND. */
  public Collection get(String organisation, String id) {
    return store.find(organisation, id).orElseThrow(() -> Failure.notFound("collection", id));
  }

  /** Some, by id. */
  public CollectionStore.Slice list(String organisation, int size, String token) {
    return store.list(organisation, size, token);
  }

  /** Makes one; without an id one is made from the name. Fails with ALREADY_EXISTS. */
  public Collection create(String organisation, Collection wanted) {
    String id = wanted.id().isEmpty() ? slug(wanted.name()) : wanted.id();
    String name = wanted.name().isEmpty() ? id : wanted.name();
    var made = new Collection(id, name, wanted.chunks(), wanted.classes(), 0, clock.instant());
    if (!store.insert(organisation, made)) {
      throw Failure.of(Code.ALREADY_EXISTS, "ALREADY_EXISTS", "collection.id: " + id + " is taken");
    }
    return made;
  }

  /** Replaces one. Fails with COLLECTION_NOT_FOUND. */
  public Collection update(String organisation, Collection changed) {
    if (!store.update(organisation, changed)) {
      throw Failure.notFound("collection", changed.id());
    }
    return get(organisation, changed.id());
  }

  /** Removes an empty one. Fails with COLLECTION_NOT_FOUND. */
  public void remove(String organisation, String id) {
    if (!store.remove(organisation, id)) {
      throw Failure.notFound("collection", id);
    }
  }

  /** Makes sure that it is there; the default one is made when it is not. */
  void require(String organisation, String id) {
    if (id.equals(Collection.DEFAULT) && store.find(organisation, id).isEmpty()) {
      store.insert(
          organisation,
          new Collection(id, "Documents", ChunkSettings.DEFAULT, List.of(), 0, clock.instant()));
    }
    get(organisation, id);
  }

  private static String slug(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    if (slug.isEmpty()) {
      throw Failure.invalid("collection.id", "empty (expected a slug, or a name to make one of)");
    }
    return slug.substring(0, Math.min(63, slug.length()));
  }
}
