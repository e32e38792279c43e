package dev.parley.orchestrator.openai;

import java.net.URI;
import java.time.Duration;

/**
 * Where a model server is and how long it is waited for.
 *
 * @param baseUrl up to and including {@code /v1}
 * @param key sent as a bearer token; empty sends none
 * @param model asked for where a character names none
 * @param connect for the connection
 * @param firstToken from the request to the first piece of the answer
 * @param betweenTokens from one piece to the next
 * @param whole for the whole answer
 * @param historyCharacters of earlier turns and memories that are sent, the newest first
 */
public record ModelSettings(
    URI baseUrl,
    String key,
    String model,
    Duration connect,
    Duration firstToken,
    Duration betweenTokens,
    Duration whole,
    int historyCharacters) {

  /**
   * With 3 s to connect, 15 s to the first token, 8 s between tokens, 2 minutes for all of it and
   * 24,000 characters (about 6,000 tokens) of history.
   */
  public static ModelSettings of(URI baseUrl, String key, String model) {
    return new ModelSettings(
        baseUrl,
        key,
        model,
        Duration.ofSeconds(3),
        Duration.ofSeconds(15),
        Duration.ofSeconds(8),
        Duration.ofMinutes(2),
        24_000);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return model + " at " + baseUrl;
  }
}
