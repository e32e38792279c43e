package dev.parley.speechsvc.synthesis;

/**
 * A speech sound from {@code startUs} to {@code endUs}, in microseconds of its phrase.
 *
 * @param symbol in the CMU set, lower case, {@code pau} for silence
 */
public record Phone(String symbol, long startUs, long endUs) {}
