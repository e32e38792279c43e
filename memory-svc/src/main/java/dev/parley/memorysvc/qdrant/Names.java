package dev.parley.memorysvc.qdrant;

import dev.parley.memorysvc.vectors.CollectionKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in the server. A collection is known by an alias, {@code parley_ORGANISATION_ID} with the
 * organisation in hexadecimal; what the alias points to may be put in another's place at once.
 */
final class Names {
  private static final Pattern ALIAS = Pattern.compile("parley_([0-9a-f]+)_([a-z0-9-]+)(\\.next)?");

  private Names() {}

  static String alias(CollectionKey key) {
    String organisation =
        HexFormat.of().formatHex(key.organisation().getBytes(StandardCharsets.UTF_8));
    String id = key.id().replace("~next", ".next");
    return "parley_" + organisation + "_" + id;
  }

  /** The collection that an alias stands for, none when it is not ours. */
  static Optional<CollectionKey> key(String alias) {
    Matcher matcher = ALIAS.matcher(alias);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] organisation = HexFormat.of().parseHex(matcher.group(1));
    CollectionKey key =
        new CollectionKey(new String(organisation, StandardCharsets.UTF_8), matcher.group(2));
    return Optional.of(matcher.group(3) == null ? key : key.shadow());
  }

  /** A new name for the points behind an alias. */
  static String fresh(CollectionKey key) {
    return alias(key) + "_" + UUID.randomUUID();
  }

  /** The server's ids are UUIDs; this is the one of a point. */
  static UUID point(String id) {
    return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
  }
}
