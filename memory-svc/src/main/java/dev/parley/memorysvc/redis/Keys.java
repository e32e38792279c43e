package dev.parley.memorysvc.redis;

import dev.parley.kit.identity.Owner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names of a person's keys. Ids are escaped, so that none can reach into another's. */
record Keys(Owner owner) {

  /** Sorted set of session ids, by the time of the last turn in milliseconds. */
  String sessions() {
    return person() + "sessions";
  }

  /** Sorted set of turn ids, by time in microseconds. */
  String session(String sessionId) {
    return person() + "session:" + escape(sessionId);
  }

  /** What stands before a turn's id in the name of its hash. */
  String turnPrefix(String sessionId) {
    return person() + "turn:" + escape(sessionId) + ":";
  }

  /** Sorted set of memory ids, by when they were last recalled in milliseconds. */
  String recalled() {
    return person() + "recalled";
  }

  private String person() {
    return "parley:memory:{"
        + escape(owner.organisationId())
        + "/"
        + escape(owner.personId())
        + "}:";
  }

  private static String escape(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
