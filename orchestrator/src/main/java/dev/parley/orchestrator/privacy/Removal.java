package dev.parley.orchestrator.privacy;

/**
 * What was removed from one store.
 *
 * @param what such as {@code turns}
 * @param count how many
 */
public record Removal(String what, long count) {}
