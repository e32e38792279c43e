package dev.parley.memorysvc.recollection;

/**
 * An entry that was found.
 *
 * @param memoryId the memory
 * @param kind what the text that fits is
 * @param turn the turn
 * @param cosine how well it fits, -1 to 1
 */
public record Hit(String memoryId, Kind kind, RememberedTurn turn, double cosine) {}
