package dev.parley.orchestrator.character;

import dev.parley.kit.failure.Failure;
import dev.parley.kit.failure.Failure.Code;
import dev.parley.kit.failure.Failure.Violation;
import dev.parley.kit.identity.Owner;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The characters an organisation can talk to: those shipped and its own. Thread-safe. */
public final class Characters {
  private static final int MOST_NAMESAKES = 99;

  private final Map<String, Character> shipped = new LinkedHashMap<>();
  private final CharacterStore store;
  private final Catalogue catalogue;
  private final Clock clock;

  /** Characters over a store, with those that come with the product. */
  public Characters(
      List<Character> shipped, CharacterStore store, Catalogue catalogue, Clock clock) {
    shipped.forEach(it -> this.shipped.put(it.id(), it));
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** One of them; empty when there is none. */
  public Optional<Character> find(Owner owner, String id) {
    return Optional.ofNullable(shipped.get(id)).or(() -> store.find(owner.organisationId(), id));
  }

  /** One of them. Fails with CHARACTER_NOT_FOUND. */
  public Character get(Owner owner, String id) {
    return find(owner, id).orElseThrow(() -> Failure.notFound("character", id));
  }

  /**
   * Shipped ones first, then own ones by id, after the one with that id (empty: from the first).
   */
  public List<Character> list(Owner owner, String afterId, int size) {
    boolean inShipped = afterId.isEmpty() || shipped.containsKey(afterId);
    Stream<Character> first =
        !inShipped
            ? Stream.empty()
            : shipped.values().stream()
                .dropWhile(it -> !afterId.isEmpty() && !it.id().equals(afterId))
                .skip(afterId.isEmpty() ? 0 : 1);
    String ownAfter = inShipped ? "" : afterId;
    return Stream.concat(first, store.list(owner.organisationId(), ownAfter, size).stream())
        .limit(size)
        .toList();
  }

  /**
   * Makes one. An empty id is made from the name, with a number behind it where that is taken.
   * Fails with ALREADY_EXISTS, INVALID_ARGUMENT, VOICE_NOT_FOUND, AVATAR_NOT_FOUND.
   */
  public Character create(Owner owner, Character wanted, String requestId) {
    return create(owner, wanted, requestId, UnaryOperator.identity());
  }

  /**
   * Makes one that reads what its template reads: the collection of its own id, which is for its
   * own documents, comes before those. Fails as {@link #create} does.
   */
  public Character createReader(Owner owner, Character wanted, String requestId) {
    return create(owner, wanted, requestId, Character::readingItsOwn);
  }

  private Character create(
      Owner owner, Character wanted, String requestId, UnaryOperator<Character> named) {
    expectInCatalogue(wanted, "", "");
    if (!wanted.id().isEmpty()) {
      return kept(owner, wanted, wanted.id(), requestId, named)
          .orElseThrow(() -> taken(wanted.id()));
    }
    String slug = slug(wanted.displayName());
    return Stream.iterate(1, i -> i <= MOST_NAMESAKES, i -> i + 1)
        .map(i -> i == 1 ? slug : slug + "-" + i)
        .flatMap(id -> kept(owner, wanted, id, requestId, named).stream())
        .findFirst()
        .orElseThrow(() -> taken(slug));
  }

  private Optional<Character> kept(
      Owner owner, Character wanted, String id, String requestId, UnaryOperator<Character> named) {
    Instant now = now();
    Character made = checked(named.apply(wanted.stamped(id, 1, now, now)));
    return shipped.containsKey(id)
        ? Optional.empty()
        : store.create(owner.organisationId(), made, requestId);
  }

  private static Failure taken(String id) {
    return Failure.of(Code.ALREADY_EXISTS, "ALREADY_EXISTS", "id: " + id + " (is taken)");
  }

  /**
   * Changes one. {@code version} is the one the change was based on; 0 takes whatever is current.
   * Fails with CHARACTER_NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, INVALID_ARGUMENT, VOICE_NOT_FOUND,
   * AVATAR_NOT_FOUND.
   */
  public Character update(Owner owner, String id, long version, UnaryOperator<Character> change) {
    refuseShipped(id);
    for (int attempt = 0; attempt < 5; attempt++) {
      Character current = get(owner, id);
      if (version != 0 && version != current.version()) {
        throw conflict(version, current.version());
      }
      Character changed =
          checked(
              change
                  .apply(current)
                  .stamped(id, current.version() + 1, current.createTime(), now()));
      expectInCatalogue(changed, current.voice().voiceId(), current.avatar().avatarId());
      if (store.update(owner.organisationId(), changed)) {
        return changed;
      }
    }
    throw conflict(version, get(owner, id).version());
  }

  /** Removes one. Fails with CHARACTER_NOT_FOUND or FORBIDDEN. */
  public void delete(Owner owner, String id) {
    refuseShipped(id);
    if (!store.delete(owner.organisationId(), id)) {
      throw Failure.notFound("character", id);
    }
  }

  /** Earlier versions below that number, newest first. Fails with CHARACTER_NOT_FOUND. */
  public List<Character> versions(Owner owner, String id, long beforeVersion, int size) {
    Character current = get(owner, id);
    long before = Math.min(beforeVersion, current.version());
    return current.builtIn() ? List.of() : store.versions(owner.organisationId(), id, before, size);
  }

  /**
   * A slug of a name, with room for a number: {@code Dr. Élan Fox} gives {@code dr-elan-fox}, and a
   * name in letters that have none of these gives {@code character}.
   */
  static String slug(String name) {
    String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD);
    String slug =
        plain
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String cut = slug.length() <= 59 ? slug : slug.substring(0, 59).replaceAll("-$", "");
    return cut.isEmpty() ? "character" : cut;
  }

  /** What is as it was is not asked for, so that a voice that is gone hinders no other change. */
  private void expectInCatalogue(Character it, String voiceBefore, String avatarBefore) {
    String voice = it.voice().voiceId();
    String avatar = it.avatar().avatarId();
    if (!voice.isEmpty() && !voice.equals(voiceBefore) && !catalogue.voices().contains(voice)) {
      throw Failure.notFound("voice", voice);
    }
    if (!avatar.isEmpty()
        && !avatar.equals(avatarBefore)
        && !catalogue.avatars().contains(avatar)) {
      throw Failure.notFound("avatar", avatar);
    }
  }

  private void refuseShipped(String id) {
    if (shipped.containsKey(id)) {
      throw Failure.of(
          Code.PERMISSION_DENIED,
          "FORBIDDEN",
          "character_id: " + id + " ships with the product (expected one of your own; copy it)");
    }
  }

  private static Character checked(Character it) {
    List<String> violations = CharacterRules.violations(it);
    if (violations.isEmpty()) {
      return it;
    }
    List<Violation> fields = violations.stream().map(Characters::violation).toList();
    String message = String.join("; ", violations);
    throw Failure.of(Code.INVALID_ARGUMENT, "INVALID_ARGUMENT", message).violating(fields);
  }

  private static Violation violation(String text) {
    int colon = text.indexOf(": ");
    return new Violation("character." + text.substring(0, colon), text.substring(colon + 2));
  }

  private static Failure conflict(long based, long current) {
    return Failure.of(
        Code.ABORTED, "VERSION_CONFLICT", "version: " + based + " (expected " + current + ")");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
