package dev.parley.memorysvc.redis;

import dev.parley.memorysvc.recollection.RememberedTurn;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A turn as the fields of a Redis hash; its id and session are in the name of the key. */
final class TurnFields {
  private static final String CHARACTER = "character";
  private static final String PERSON_TEXT = "person_text";
  private static final String CHARACTER_TEXT = "character_text";
  private static final String TIME_US = "time_us";

  private TurnFields() {}

  static Map<String, String> of(RememberedTurn turn) {
    return Map.of(
        CHARACTER, turn.characterId(),
        PERSON_TEXT, turn.personText(),
        CHARACTER_TEXT, turn.characterText(),
        TIME_US, Long.toString(micros(turn.time())));
  }

  static RememberedTurn turn(String turnId, String sessionId, Map<String, String> fields) {
    return new RememberedTurn(
        turnId,
        sessionId,
        fields.get(CHARACTER),
        fields.get(PERSON_TEXT),
        fields.get(CHARACTER_TEXT),
        Instant.EPOCH.plus(Long.parseLong(fields.get(TIME_US)), ChronoUnit.MICROS));
  }

  /** Microseconds since 1970; exact as a sorted set's score until the year 2255. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
