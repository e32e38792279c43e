package dev.parley.orchestrator.conversation;

import java.time.Instant;

/**
 * A memory that fits.
 *
 * @param score cosine of the angle between the two meanings, -1 to 1
 */
public record Recalled(
    String memoryId, String personText, String characterText, float score, Instant time)
    implements Source {}
