package dev.parley.orchestrator.identity.usage;

import dev.parley.orchestrator.identity.usage.RateLimits.Subject;
import java.util.Optional;

/**
 * A limit in rate: so many at once, and so many a minute after that. What is taken fills up evenly.
 *
 * @param name of what is counted together
 */
public record Limit(String name, long atOnce, long perMinute) {
  private static final Limit SIGN_INS = new Limit("sign-in", 30, 30);
  private static final Limit OF_ADDRESS = new Limit("call", 600, 6_000);
  private static final Limit COSTLY = new Limit("costly", 60, 240);
  private static final Limit OF_PERSON = new Limit("call", 300, 1_800);
  private static final Limit COSTLY_OF_KEY = new Limit("costly", 300, 1_200);
  private static final Limit OF_KEY = new Limit("call", 1_000, 12_000);

  /** A microphone over single calls makes 50 a second. */
  private static final Limit TALKING = new Limit("talk", 600, 6_000);

  /** The one that holds; empty where none does. */
  public static Optional<Limit> of(Subject subject, Cost cost) {
    if (subject == Subject.ADDRESS) {
      return Optional.of(cost == Cost.SIGN_IN ? SIGN_INS : OF_ADDRESS);
    }
    boolean key = subject == Subject.KEY;
    return switch (cost) {
      case FREE, SIGN_IN -> Optional.empty();
      case TURN -> Optional.of(TALKING);
      case SPEECH, SEARCH, UPLOAD -> Optional.of(key ? COSTLY_OF_KEY : COSTLY);
      case READ, WRITE -> Optional.of(key ? OF_KEY : OF_PERSON);
    };
  }
}
