package dev.parley.memorysvc.recollection;

/**
 * Something recalled.
 *
 * @param id a UUIDv7, the same for the same turn of the same owner
 * @param turn the turn it comes from
 * @param score cosine of the angle between the two meanings, -1 to 1
 */
public record Memory(String id, RememberedTurn turn, double score) {}
