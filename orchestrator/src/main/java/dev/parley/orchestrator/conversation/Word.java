package dev.parley.orchestrator.conversation;

/**
 * A word and when it is said.
 *
 * @param text the word as written
 * @param span when, in microseconds on the clock of what holds it
 * @param textStart where in the text, in UTF-16 code units: first; 0 where there is no text
 * @param textEnd where in the text: after the last
 * @param confidence certainty from 0 to 1; 1 for synthesised speech
 */
public record Word(String text, Span span, int textStart, int textEnd, float confidence) {}
