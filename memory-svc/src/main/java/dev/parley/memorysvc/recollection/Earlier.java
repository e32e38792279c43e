package dev.parley.memorysvc.recollection;

import java.time.Instant;

/**
 * What an item was before.
 *
 * @param text it
 * @param sessionId the session it came from
 * @param turnId the turn it came from; empty for a correction by hand
 * @param time from when, to the millisecond
 */
public record Earlier(String text, String sessionId, String turnId, Instant time) {}
