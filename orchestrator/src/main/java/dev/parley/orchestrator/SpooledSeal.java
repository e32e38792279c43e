package dev.parley.orchestrator;

import dev.parley.kit.failure.Failure;
import dev.parley.orchestrator.conversation.TurnRecord;
import dev.parley.orchestrator.identity.Seal;
import dev.parley.orchestrator.postgres.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns as they wait on disk for PostgreSQL: sealed with the key of the file itself where there is
 * one, since the keys of organisations are in the database that is away.
 *
 * @param keys the first seals, any of them opens; none leaves turns as they are
 */
record SpooledSeal(List<Seal> keys) {
  private static final String MARK = "sealed:1:";
  private static final String PLACE = "spool";

  String write(TurnRecord turn) {
    String json = Json.write(turn);
    return keys.isEmpty()
        ? json
        : MARK + keys.getFirst().close(PLACE, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Fails with INVALID_ARGUMENT that names the setting where no key opens it. */
  TurnRecord read(String text) {
    boolean sealed = text.startsWith(MARK);
    return Json.read(sealed ? opened(text.substring(MARK.length())) : text, TurnRecord.class);
  }

  private String opened(String sealed) {
    for (Seal it : keys) {
      try {
        return new String(it.open(PLACE, sealed), StandardCharsets.UTF_8);
      } catch (IllegalStateException another) {
        // Sealed with one of the others.
      }
    }
    throw Failure.invalid(
        "orchestrator.transcript-key-file",
        "turns wait on disk that no key opens (expected the key they were sealed with)");
  }
}
