package dev.parley.orchestrator.spool;

/**
 * What waits for a store that is away, without its bytes.
 *
 * @param kind as {@code turn}; what is written how
 * @param key names it among those of its kind: what comes later under it takes its place
 * @param sessionId whose it is
 * @param mark something of it that is asked for while it waits, as a type of media; may be empty
 */
record Waiting(String kind, String key, String sessionId, String mark) {
  private static final String SEPARATOR = "\t";
  private static final int PARTS = 4;

  Waiting {
    if ((kind + key + sessionId + mark).chars().anyMatch(it -> it < ' ')) {
      throw new IllegalArgumentException("control characters (expected names)");
    }
  }

  /** As the first line of its file. */
  String line() {
    return String.join(SEPARATOR, kind, key, sessionId, mark);
  }

  /** Read from there. */
  static Waiting of(String line) {
    String[] parts = line.split(SEPARATOR, -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException("not the first line of something that waits");
    }
    return new Waiting(parts[0], parts[1], parts[2], parts[3]);
  }

  /** What others take the place of. */
  String name() {
    return kind + SEPARATOR + key;
  }
}
