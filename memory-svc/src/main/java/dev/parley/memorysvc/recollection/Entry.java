package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Vector;

/**
 * One text of an item with its meaning. An item has one or more.
 *
 * @param owner whose
 * @param item what it belongs to
 * @param kind what the text is
 * @param text it
 * @param vector its meaning
 */
public record Entry(Owner owner, Item item, Kind kind, String text, Vector vector) {}
