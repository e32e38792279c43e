package dev.parley.orchestrator.identity.usage;

import java.time.Instant;

/**
 * What an organisation used of its plan.
 *
 * @param turns this month
 * @param speechMs milliseconds of speech this month
 * @param calls this month
 * @param documents kept now
 * @param bytes of documents kept now
 * @param resetTime when the month is over
 */
public record Usage(
    Plan plan,
    long turns,
    long speechMs,
    long calls,
    long documents,
    long bytes,
    Instant resetTime) {}
