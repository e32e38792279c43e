package dev.parley.memorysvc.recollection;

import dev.parley.kit.identity.Owner;
import dev.parley.memorysvc.embedding.Vector;

/**
 * One text of a memory with its meaning. A memory has one or more.
 *
 * @param owner whose
 * @param memoryId the memory it belongs to
 * @param kind what the text is
 * @param text it
 * @param vector its meaning
 * @param turn the turn the memory is made of
 */
public record Entry(
    Owner owner, String memoryId, Kind kind, String text, Vector vector, RememberedTurn turn) {}
