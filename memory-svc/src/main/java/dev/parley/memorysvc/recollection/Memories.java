package dev.parley.memorysvc.recollection;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Vector;
import dev.parley.memorysvc.vectors.Attribute;
import dev.parley.memorysvc.vectors.CollectionKey;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Deadline;
import dev.parley.memorysvc.vectors.Leg;
import dev.parley.memorysvc.vectors.Point;
import dev.parley.memorysvc.vectors.PointHit;
import dev.parley.memorysvc.vectors.Question;
import dev.parley.memorysvc.vectors.VectorCollections;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Memories as points of one collection an organisation. Every point names its person, and every
 * question asks for it. Safe for use by many threads.
 */
public final class Memories {
  /** The collection in every organisation. */
  public static final String COLLECTION = "parley-memories";

  private static final String PERSON = "person";
  private static final String CHARACTER = "character";
  private static final String SESSION = "session";
  private static final String MEMORY = "memory";
  private static final String KIND = "kind";
  private static final String TURN = "turn";
  private static final String SECONDS = "seconds";
  private static final String NANOS = "nanos";
  private static final String PERSON_TEXT = "person_text";
  private static final String CHARACTER_TEXT = "character_text";

  private final VectorCollections collections;

  /** Memories in these collections. */
  public Memories(VectorCollections collections) {
    this.collections = collections;
  }

  /**
   * Keeps a memory: all entries have the same owner and memory id, and replace what was kept under
   * these. When it returns the entries survive a crash and are found.
   */
  public void put(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Entry first = entries.getFirst();
    CollectionKey key = key(first.owner());
    collections.ensure(key);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      points.add(point(entries.get(i), i));
    }
    collections.replace(key, memory(first), points);
  }

  /**
   * The entries within a scope nearest to a meaning, best first, at most {@code limit}.
   *
   * @param query the text that has the meaning; may be blank
   */
  public List<Hit> nearest(String query, Vector meaning, Scope scope, int limit) {
    Question question =
        new Question(
            Optional.of(meaning), query, List.of(Leg.DENSE), within(scope), limit, Deadline.none());
    try {
      return collections.query(key(scope.owner()), question).hits().stream()
          .map(Memories::hit)
          .toList();
    } catch (Failure e) {
      if (isMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /**
   * Removes the memories within a scope, from the storage too. When it returns they are gone.
   *
   * @return how many memories (not entries) were removed
   */
  public long remove(Scope scope) {
    CollectionKey key = key(scope.owner());
    try {
      long memories = collections.distinct(key, within(scope), MEMORY);
      if (memories > 0) {
        collections.remove(key, within(scope));
        collections.erase(key);
      }
      return memories;
    } catch (Failure e) {
      if (isMissing(e)) {
        return 0;
      }
      throw e;
    }
  }

  private static boolean isMissing(Failure e) {
    return e.reason().equals("COLLECTION_NOT_FOUND");
  }

  private static CollectionKey key(Owner owner) {
    return new CollectionKey(owner.organisationId(), COLLECTION);
  }

  private static List<Condition> memory(Entry entry) {
    return List.of(
        Condition.is(PERSON, entry.owner().personId()), Condition.is(MEMORY, entry.memoryId()));
  }

  private static List<Condition> within(Scope scope) {
    List<Condition> conditions = new ArrayList<>();
    conditions.add(Condition.is(PERSON, scope.owner().personId()));
    scope.characterId().ifPresent(id -> conditions.add(Condition.is(CHARACTER, id)));
    scope.sessionId().ifPresent(id -> conditions.add(Condition.is(SESSION, id)));
    scope
        .exceptSessionId()
        .ifPresent(id -> conditions.add(new Condition.Not(Condition.is(SESSION, id))));
    if (!scope.memoryIds().isEmpty()) {
      conditions.add(new Condition.AnyKeyword(MEMORY, scope.memoryIds()));
    }
    return conditions;
  }

  private static Point point(Entry entry, int number) {
    RememberedTurn turn = entry.turn();
    List<Attribute> attributes =
        List.of(
            new Attribute.Keyword(PERSON, entry.owner().personId()),
            new Attribute.Keyword(CHARACTER, turn.characterId()),
            new Attribute.Keyword(SESSION, turn.sessionId()),
            new Attribute.Keyword(MEMORY, entry.memoryId()),
            new Attribute.Keyword(KIND, entry.kind().name()),
            new Attribute.Keyword(TURN, turn.turnId()),
            new Attribute.Whole(SECONDS, turn.time().getEpochSecond()),
            new Attribute.Whole(NANOS, turn.time().getNano()),
            new Attribute.Payload(PERSON_TEXT, turn.personText()),
            new Attribute.Payload(CHARACTER_TEXT, turn.characterText()));
    return new Point(id(entry, number), Optional.of(entry.vector()), entry.text(), attributes);
  }

  /** The same for the same entry of the same person. */
  private static String id(Entry entry, int number) {
    String person = entry.owner().personId();
    String name = person.length() + ":" + person + "/" + entry.memoryId() + "/" + number;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static Hit hit(PointHit hit) {
    Point point = hit.point();
    RememberedTurn turn =
        new RememberedTurn(
            point.word(TURN),
            point.word(SESSION),
            point.word(CHARACTER),
            point.word(PERSON_TEXT),
            point.word(CHARACTER_TEXT),
            Instant.ofEpochSecond(point.whole(SECONDS), point.whole(NANOS)));
    return new Hit(point.word(MEMORY), Kind.valueOf(point.word(KIND)), turn, hit.cosine());
  }
}
