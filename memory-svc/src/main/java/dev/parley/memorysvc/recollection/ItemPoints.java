package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.vectors.Attribute;
import dev.parley.memorysvc.vectors.Condition;
import dev.parley.memorysvc.vectors.Point;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Items as points: every text of an item is a point, and each carries the whole item. */
final class ItemPoints {
  static final String PERSON = "person";
  static final String CHARACTER = "character";
  static final String SESSION = "session";
  static final String MEMORY = "memory";
  static final String ITEM = "item";
  static final String SLOT = "slot";
  static final String FACT = "fact";
  static final String PINNED = "pinned";
  static final String SECONDS = "seconds";
  static final String EXPIRES = "expires";
  static final String TURN = "turn";

  /** The sessions that earlier texts come from. */
  static final String FROM = "from_session";

  private static final String PART = "part";
  private static final String KIND = "kind";
  private static final String NANOS = "nanos";
  private static final String PERSON_TEXT = "person_text";
  private static final String CHARACTER_TEXT = "character_text";
  private static final String IMPORTANCE = "importance";
  private static final String EARLIER = "earlier";

  /** Holds for one point of every item. */
  static final Condition FIRST = new Condition.InRange(PART, Optional.of(0L), Optional.of(1L));

  private ItemPoints() {}

  /** Said before a moment and not pinned. */
  static List<Condition> unpinnedBefore(Instant moment) {
    return List.of(
        new Condition.InRange(SECONDS, Optional.empty(), Optional.of(moment.getEpochSecond())),
        new Condition.Not(Condition.is(PINNED, "true")));
  }

  /** Said in the second of a moment or later. */
  static Condition since(Instant moment) {
    return new Condition.InRange(SECONDS, Optional.of(moment.getEpochSecond()), Optional.empty());
  }

  /** Is of a kind. */
  static Condition is(ItemKind kind) {
    return Condition.is(ITEM, kind.name());
  }

  /** Was something else in a session. */
  static Condition from(String sessionId) {
    return Condition.is(FROM, sessionId);
  }

  static Point point(Entry entry, int part) {
    Item item = entry.item();
    RememberedTurn turn = item.turn();
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(new Attribute.Keyword(PERSON, entry.owner().personId()));
    attributes.add(new Attribute.Keyword(CHARACTER, turn.characterId()));
    attributes.add(new Attribute.Keyword(SESSION, turn.sessionId()));
    attributes.add(new Attribute.Keyword(MEMORY, item.id()));
    attributes.add(new Attribute.Keyword(KIND, entry.kind().name()));
    attributes.add(new Attribute.Keyword(ITEM, item.kind().name()));
    attributes.add(new Attribute.Keyword(FACT, item.factKind().name()));
    attributes.add(new Attribute.Keyword(SLOT, item.slot()));
    attributes.add(new Attribute.Keyword(PINNED, Boolean.toString(item.pinned())));
    attributes.add(new Attribute.Keyword(TURN, turn.turnId()));
    attributes.add(new Attribute.Whole(SECONDS, turn.time().getEpochSecond()));
    attributes.add(new Attribute.Whole(NANOS, turn.time().getNano()));
    attributes.add(new Attribute.Whole(PART, part));
    item.expires()
        .ifPresent(end -> attributes.add(new Attribute.Whole(EXPIRES, end.getEpochSecond())));
    attributes.add(new Attribute.Payload(PERSON_TEXT, turn.personText()));
    attributes.add(new Attribute.Payload(CHARACTER_TEXT, turn.characterText()));
    attributes.add(new Attribute.Payload(IMPORTANCE, Double.toString(item.importance())));
    for (Earlier it : item.history()) {
      attributes.add(new Attribute.Keyword(FROM, it.sessionId()));
      attributes.add(new Attribute.Payload(EARLIER, written(it)));
    }
    return new Point(id(entry, part), Optional.of(entry.vector()), entry.text(), attributes);
  }

  static Kind kind(Point point) {
    return Kind.valueOf(point.word(KIND));
  }

  static Item item(Point point) {
    RememberedTurn turn =
        new RememberedTurn(
            point.word(TURN),
            point.word(SESSION),
            point.word(CHARACTER),
            point.word(PERSON_TEXT),
            point.word(CHARACTER_TEXT),
            Instant.ofEpochSecond(point.whole(SECONDS), point.whole(NANOS)));
    long end = point.whole(EXPIRES);
    return new Item(
        point.word(MEMORY),
        ItemKind.valueOf(point.word(ITEM)),
        turn,
        FactKind.valueOf(point.word(FACT)),
        point.word(SLOT),
        Double.parseDouble(point.word(IMPORTANCE)),
        Boolean.parseBoolean(point.word(PINNED)),
        end == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(end)),
        point.words(EARLIER).map(ItemPoints::read).toList());
  }

  private static String written(Earlier it) {
    return String.join(
        "\n", it.sessionId(), it.turnId(), Long.toString(it.time().toEpochMilli()), it.text());
  }

  private static Earlier read(String written) {
    String[] parts = written.split("\n", 4);
    return new Earlier(
        parts[3], parts[0], parts[1], Instant.ofEpochMilli(Long.parseLong(parts[2])));
  }

  /** The same for the same entry of the same person. */
  private static String id(Entry entry, int part) {
    Owner owner = entry.owner();
    String person = owner.personId();
    String name = person.length() + ":" + person + "/" + entry.item().id() + "/" + part;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
