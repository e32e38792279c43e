package dev.parley.orchestrator.postgres;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.identity.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transcripts sealed with a key of their organisation (AES-256-GCM, bound to their place), which is
 * made when it is first needed and stands in the database sealed with a key that does not: whoever
 * has the database, or a backup of it, without that key reads nothing, and an organisation's past
 * is gone from all of them with its key. What was stored before is read as it is.
 */
public final class SealedTranscripts implements Transcripts {
  private static final String MARK = "sealed:1:";
  private static final int MOST_HELD = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PostgresDatabase database;
  private final List<Seal> wrapping;
  private final Map<String, Seal> held = new ConcurrentHashMap<>();

  /**
   * In that database.
   *
   * @param wrapping seals keys of organisations: the first those that are made, any of them opens
   */
  public SealedTranscripts(PostgresDatabase database, List<Seal> wrapping) {
    this.database = database;
    this.wrapping = List.copyOf(wrapping);
  }

  /**
   * Looks whether what is sealed there can be read, with whatever keys are set.
   *
   * @throws Failure INTERNAL, which names an organisation whose key does not open
   */
  public static void check(PostgresDatabase database, List<Seal> wrapping) {
    Optional<String> sealed =
        database.everywhere(handle ->
            handle
                .select("select organisation_id from transcript_keys limit 1")
                .mapTo(String.class)
                .findOne());
    sealed.ifPresent(it -> {
      if (wrapping.isEmpty()) {
        throw unreadable(it, "no key is set");
      }
      new SealedTranscripts(database, wrapping).ready(it);
    });
  }

  static boolean isSealed(String stored) {
    return stored.startsWith(MARK);
  }

  static Failure unreadable(String organisation, String why) {
    return Failure.of(
        Failure.Code.INTERNAL,
        "INTERNAL",
        "transcripts of %s are sealed, and %s (expected the key they were sealed with in %s)"
            .formatted(organisation, why, "orchestrator.transcript-key-file"));
  }

  @Override
  public void ready(String organisation) {
    key(organisation);
  }

  @Override
  public String written(String organisation, String place, String text) {
    return text.isEmpty()
        ? text
        : MARK + key(organisation).close(place, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String read(String organisation, String place, String stored) {
    if (!isSealed(stored)) {
      return stored;
    }
    try {
      byte[] text = key(organisation).open(place, stored.substring(MARK.length()));
      return new String(text, StandardCharsets.UTF_8);
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw unreadable(organisation, "this one opens with no key of theirs").causedBy(e);
    }
  }

  private Seal key(String organisation) {
    Seal known = held.get(organisation);
    if (known != null) {
      return known;
    }
    if (held.size() >= MOST_HELD) {
      held.clear();
    }
    Seal key = new Seal(opened(organisation, stored(organisation)));
    held.put(organisation, key);
    return key;
  }

  /** Committed before anything is sealed with it, whoever was first. */
  private String stored(String organisation) {
    byte[] fresh = new byte[Seal.KEY_BYTES];
    RANDOM.nextBytes(fresh);
    return database.in(
        organisation,
        handle -> {
          handle.execute(
              "insert into transcript_keys values (?, ?, ?) on conflict do nothing",
              organisation,
              wrapping.getFirst().close(organisation, fresh),
              PostgresSessionStore.utc(Instant.now()));
          return handle
              .select(
                  "select sealed_key from transcript_keys where organisation_id = ?", organisation)
              .mapTo(String.class)
              .one();
        });
  }

  private byte[] opened(String organisation, String sealed) {
    for (Seal it : wrapping) {
      try {
        return it.open(organisation, sealed);
      } catch (IllegalStateException another) {
        // Sealed with one of the others.
      }
    }
    throw unreadable(organisation, "their key opens with none that is set");
  }
}
