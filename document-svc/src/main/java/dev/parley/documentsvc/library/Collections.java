package dev.parley.documentsvc.library;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.identity.Owner;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Collections of organisations. Thread-safe. */
public final class Collections {
  private static final int LONGEST_NAME = 80;

  private final CollectionStore store;
  private final Cast cast;
  private final InstantSource clock;

  /** Over a store; characters have collections of their own ids. */
  public Collections(CollectionStore store, Cast cast, InstantSource clock) {
    this.store = store;
    this.cast = cast;
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

  /** Makes sure that it is there: the default one and those of characters are made when not. */
  void require(Owner owner, String id) {
    if (store.find(owner.organisationId(), id).isPresent()) {
      return;
    }
    String name =
        id.equals(Collection.DEFAULT)
            ? "Documents"
            : cast.nameOf(owner, id).orElseThrow(() -> Failure.notFound("collection", id));
    String cut = name.substring(0, Math.min(LONGEST_NAME, name.length()));
    store.insert(
        owner.organisationId(),
        new Collection(id, cut, ChunkSettings.DEFAULT, List.of(), 0, clock.instant()));
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
