package dev.parley.memorysvc.recollection;

/**
 * A fact as it was found in a turn.
 *
 * @param kind what it is about
 * @param text it, in the person's voice: {@code I live in Lisbon.}
 * @param slot what a newer fact of the same slot replaces; empty replaces nothing
 * @param importance how much it matters, 0 to 1
 */
public record Fact(FactKind kind, String text, String slot, double importance) {}
