package dev.parley.memorysvc.qdrant;

import dev.parley.kit.failure.Failure;
import dev.parley.memorysvc.vectors.Attribute;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.VectorSpace;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collections in the server as we make them: behind aliases, in our form, with an index for every
 * attribute that can be filtered by.
 */
final class QdrantCatalog {
  /** Another replica may have swapped a collection; its space is asked for again after this. */
  private static final long KNOWN_NANOS = 1_000_000_000L;

  private final QdrantClient client;
  private final QdrantForm form;
  private final Map<CollectionKey, Known> known = new ConcurrentHashMap<>();

  private record Known(VectorSpace space, boolean outdated, Set<String> indexed, long at) {}

  QdrantCatalog(QdrantClient client, QdrantForm form) {
    this.client = client;
    this.form = form;
  }

  /** The collections behind our aliases. */
  Map<CollectionKey, String> all() {
    Map<CollectionKey, String> all = new HashMap<>();
    for (AliasDescription alias : Calls.again(client::listAliasesAsync)) {
      Names.key(alias.getAliasName()).ifPresent(key -> all.put(key, alias.getCollectionName()));
    }
    return all;
  }

  String at(CollectionKey key) {
    return Optional.ofNullable(all().get(key))
        .orElseThrow(() -> Failure.notFound("collection", key.id()));
  }

  VectorSpace space(CollectionKey key) {
    return known(key).space();
  }

  /** Whether it is of an earlier form; one that another replica has just dropped is not. */
  boolean isOutdated(CollectionKey key) {
    try {
      return known(key).outdated();
    } catch (Failure e) {
      if (e.code() == Failure.Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  void create(CollectionKey key, VectorSpace space) {
    if (all().containsKey(key)) {
      throw Failure.of(
          Failure.Code.ALREADY_EXISTS,
          "ALREADY_EXISTS",
          "there is a collection with id \"" + key.id() + "\"");
    }
    String name = Names.fresh(key);
    Calls.once(client.createCollectionAsync(form.of(name, space)));
    try {
      Calls.once(client.createAliasAsync(Names.alias(key), name));
    } catch (Failure e) {
      Calls.once(client.deleteCollectionAsync(name));
      throw e;
    }
    known.remove(key);
  }

  boolean drop(CollectionKey key) {
    String name = all().get(key);
    if (name == null) {
      return false;
    }
    // The alias goes with what it points to.
    Calls.again(() -> client.deleteCollectionAsync(name));
    known.remove(key);
    return true;
  }

  /** One request to the server, so that nobody meets neither. */
  void swap(CollectionKey by, CollectionKey replaced) {
    String next = at(by);
    String last = at(replaced);
    List<AliasOperations> changes = new ArrayList<>();
    for (CollectionKey gone : List.of(by, replaced)) {
      DeleteAlias delete = DeleteAlias.newBuilder().setAliasName(Names.alias(gone)).build();
      changes.add(AliasOperations.newBuilder().setDeleteAlias(delete).build());
    }
    CreateAlias create =
        CreateAlias.newBuilder()
            .setAliasName(Names.alias(replaced))
            .setCollectionName(next)
            .build();
    changes.add(AliasOperations.newBuilder().setCreateAlias(create).build());
    Calls.once(client.updateAliasesAsync(changes));
    known.remove(by);
    known.remove(replaced);
    Calls.again(() -> client.deleteCollectionAsync(last));
  }

  /** Makes indexes for attributes that have none yet. */
  void index(CollectionKey key, List<Point> points) {
    Map<String, PayloadSchemaType> wanted = new TreeMap<>();
    for (Point point : points) {
      for (Attribute attribute : point.attributes()) {
        switch (attribute) {
          case Attribute.Keyword it ->
              wanted.put(Payloads.keyword(it.name()), PayloadSchemaType.Keyword);
          case Attribute.Whole it ->
              wanted.put(Payloads.whole(it.name()), PayloadSchemaType.Integer);
          case Attribute.Payload it -> {}
        }
      }
    }
    Set<String> indexed = known(key).indexed();
    wanted.forEach((field, type) -> {
      if (!indexed.contains(field)) {
        Calls.again(() ->
            client.createPayloadIndexAsync(
                Names.alias(key), field, type, null, true, null, Calls.PATIENCE));
        indexed.add(field);
      }
    });
  }

  /** Whether there may be points with a field, which is indexed with the first of them. */
  boolean isIndexed(CollectionKey key, String field) {
    return known(key).indexed().contains(field);
  }

  private Known known(CollectionKey key) {
    Known before = known.get(key);
    if (before != null && System.nanoTime() - before.at() < KNOWN_NANOS) {
      return before;
    }
    Known now = ask(key);
    known.put(key, now);
    return now;
  }

  private Known ask(CollectionKey key) {
    CollectionInfo info;
    try {
      info = Calls.again(() -> client.getCollectionInfoAsync(Names.alias(key)));
    } catch (Failure e) {
      known.remove(key);
      throw e.code() == Failure.Code.NOT_FOUND ? Failure.notFound("collection", key.id()) : e;
    }
    VectorSpace space = form.space(key, info.getConfig());
    Set<String> indexed = ConcurrentHashMap.newKeySet();
    indexed.addAll(info.getPayloadSchemaMap().keySet());
    return new Known(space, form.isEarlier(info.getConfig()), indexed, System.nanoTime());
  }
}
